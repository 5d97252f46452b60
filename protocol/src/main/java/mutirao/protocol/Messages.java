package mutirao.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts problems and events into words, in the language a peer asked for. Thread-safe. */
public final class Messages {

  private Messages() {}

  /**
   * The locale for {@code register}'s {@code lang}: {@code pt-BR} (or any {@code pt}), else
   * English.
   */
  public static Locale locale(@Nullable String lang) {
    throw new UnsupportedOperationException();
  }

  /** The sentence under {@code key}, filled. */
  public static String text(Locale locale, String key, Object... arguments) {
    throw new UnsupportedOperationException();
  }

  /** The error frame for a problem. */
  public static ServerFrame.Error error(Locale locale, Problem problem) {
    throw new UnsupportedOperationException();
  }
}
