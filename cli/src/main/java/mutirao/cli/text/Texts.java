package mutirao.cli.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the command line in one language. Thread-safe. */
public final class Texts {
  private static final String SENTENCES = "mutirao.cli.messages";
  private static final String HELP = "mutirao.cli.help";
  private static final String PORTUGUESE = "pt";

  /** Never the language of the machine: English is what a missing translation falls back to. */
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Locale locale;
  private final ResourceBundle sentences;

  /** Sentences for a language; English where it is not one of ours. */
  public Texts(Locale locale) {
    this.locale = ours(locale);
    this.sentences = ResourceBundle.getBundle(SENTENCES, this.locale, NO_FALLBACK);
  }

  private static Locale ours(Locale locale) {
    return locale.getLanguage().equals(PORTUGUESE) ? Locale.of(PORTUGUESE, "BR") : Locale.ENGLISH;
  }

  /** The sentence under {@code key}, filled. Numbers among the arguments are grouped. */
  public String get(String key, Object... arguments) {
    return new MessageFormat(sentences.getString(key), locale).format(arguments);
  }

  /** Whether there is a sentence under {@code key}. */
  public boolean has(String key) {
    return sentences.containsKey(key);
  }

  /** The texts of {@code --help}, in the same language. */
  public ResourceBundle help() {
    return ResourceBundle.getBundle(HELP, locale, NO_FALLBACK);
  }

  /** What the server is told in {@code lang}. */
  public String tag() {
    return locale.toLanguageTag();
  }

  /** The locale for numbers and times. */
  public Locale locale() {
    return locale;
  }
}
