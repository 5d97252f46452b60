package mutirao.protocol;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Puts problems and events into words, in the language a peer asked for. Thread-safe. */
public final class Messages {

  /** The language spoken where none, or one we do not have, was asked for. */
  public static final Locale DEFAULT = Locale.ENGLISH;

  private static final Locale BRAZILIAN = Locale.of("pt", "BR");
  private static final String BUNDLE = "mutirao.protocol.messages";

  /** Never the language of the machine: English is what a missing translation falls back to. */
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private static final ConcurrentMap<Sentence, MessageFormat> FORMATS = new ConcurrentHashMap<>();

  private record Sentence(Locale locale, String key) {}

  private Messages() {}

  /**
   * The locale for {@code register}'s {@code lang}: {@code pt-BR} (or any {@code pt}), else
   * English.
   */
  public static Locale locale(@Nullable String lang) {
    if (lang == null) {
      return DEFAULT;
    }
    String language = Locale.forLanguageTag(lang.replace('_', '-')).getLanguage();
    return language.equals(BRAZILIAN.getLanguage()) ? BRAZILIAN : DEFAULT;
  }

  /**
   * The sentence under {@code key}, filled.
   *
   * @throws java.util.MissingResourceException where there is no such sentence
   */
  public static String text(Locale locale, String key, Object... arguments) {
    MessageFormat format = FORMATS.computeIfAbsent(new Sentence(locale, key), Messages::format);
    // A format is not thread-safe; a copy is cheaper than reading the pattern again.
    return ((MessageFormat) format.clone()).format(arguments);
  }

  /** The error frame for a problem. */
  public static ServerFrame.Error error(Locale locale, Problem problem) {
    return error(locale, problem, null, null);
  }

  /**
   * The same with what the problem does not know: which task it is about, and when to try again.
   */
  public static ServerFrame.Error error(
      Locale locale, Problem problem, @Nullable String task, @Nullable Long retryAfterMs) {
    return new ServerFrame.Error(
        problem.ref(),
        problem.code(),
        text(locale, problem.key(), problem.arguments().toArray()),
        problem.field(),
        problem.position(),
        retryAfterMs,
        task);
  }

  private static MessageFormat format(Sentence sentence) {
    ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, sentence.locale(), NO_FALLBACK);
    return new MessageFormat(bundle.getString(sentence.key()), sentence.locale());
  }
}
