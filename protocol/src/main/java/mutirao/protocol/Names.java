package mutirao.protocol;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** What may be the name of a peer, a room or an operation. */
public final class Names {
  /** Composing can only shorten a name; longer input than this is not worth composing. */
  private static final int MAX_UNCOMPOSED = 1024;

  private Names() {}

  /**
   * The name of a peer or room as it is kept: composed (Unicode NFC), letters and digits of any
   * script and {@code . _ -}, at most {@link Limits#MAX_NAME_CHARS} characters.
   *
   * @return null where it is not allowed
   */
  public static @Nullable String normalize(String name) {
    return normalize(name, "._-", Limits.MAX_NAME_CHARS);
  }

  /**
   * The name of an operation as it is kept: like {@link #normalize(String)}, but {@code :} and
   * {@code /} are allowed too and there may be {@link Limits#MAX_OPERATION_CHARS} characters.
   *
   * @return null where it is not allowed
   */
  public static @Nullable String normalizeOperation(String name) {
    return normalize(name, "._-:/", Limits.MAX_OPERATION_CHARS);
  }

  /**
   * The name of a user as it is kept: like {@link #normalize(String)}, but without full stop and
   * hyphen, and at most {@link Limits#MAX_USER_CHARS} characters. So the sessions {@code ana},
   * {@code ana-2} and {@code ana.laptop} are ana's and nobody else's.
   *
   * @return null where it is not allowed
   */
  public static @Nullable String normalizeUser(String name) {
    return normalize(name, "_", Limits.MAX_USER_CHARS);
  }

  private static @Nullable String normalize(String name, String punctuation, int maxChars) {
    if (name.isEmpty() || name.length() > MAX_UNCOMPOSED) {
      return null;
    }
    if (isPlain(name, punctuation)) {
      return name.length() <= maxChars ? name : null;
    }
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    boolean allowed =
        composed.codePointCount(0, composed.length()) <= maxChars
            && composed
                .codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || punctuation.indexOf(c) >= 0);
    return allowed ? composed : null;
  }

  private static boolean isPlain(String name, String punctuation) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letterOrDigit && punctuation.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
