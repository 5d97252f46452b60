package mutirao.core.session;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How names are compared: after NFC and case folding, so that nobody can pass for somebody else by
 * spelling.
 */
public final class Names {

  private Names() {}

  /**
   * The form of a name under which it is looked up: lower, upper, lower. One step alone keeps apart
   * what belongs together: upper-casing leaves ẞ beside SS, lower-casing leaves the final sigma
   * beside the other.
   */
  public static String key(String name) {
    if (isLowerAscii(name)) {
      return name;
    }
    String folded = Normalizer.normalize(name, Normalizer.Form.NFC);
    folded = folded.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /**
   * The user, in compared form, to whom a session's compared name belongs where there are users.
   */
  public static String user(String nameKey) {
    for (int i = 0; i < nameKey.length(); i++) {
      if (nameKey.charAt(i) == '.' || nameKey.charAt(i) == '-') {
        return nameKey.substring(0, i);
      }
    }
    return nameKey;
  }

  /** A key that somebody chose, as theirs alone: names hold no line break, so none collide. */
  public static String scoped(String nameKey, String key) {
    return nameKey + '\n' + key;
  }

  private static boolean isLowerAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
