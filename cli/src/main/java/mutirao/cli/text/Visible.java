package mutirao.cli.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes control characters visible, so that nobody's text can move a cursor, change a terminal, or
 * pretend to be another line. Covered are the C0 and C1 controls, the characters that override or
 * isolate the direction of text (Unicode Standard Annex 9, 2.1 to 2.5), the line and paragraph
 * separators, interlinear annotations, and halves of surrogate pairs.
 *
 * <p>Joiners and direction marks stay: Persian, Arabic and emoji need them, and they cannot reorder
 * what others wrote.
 */
public final class Visible {
  /** Where Unicode has pictures of the C0 controls, in their order. */
  private static final int PICTURES = 0x2400;

  private static final int PICTURE_OF_DELETE = 0x2421;
  private static final int DELETE = 0x7f;

  private Visible() {}

  /** The text on one line: line breaks and tabs become visible too. */
  public static String line(String text) {
    return visible(text, false);
  }

  /** The text with its line breaks and tabs, everything else visible. */
  public static String lines(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean keepLayout) {
    @Nullable StringBuilder shown = null;
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      boolean hide = isHidden(codePoint) && !(keepLayout && isLayout(codePoint));
      if (hide && shown == null) {
        shown = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (shown != null) {
        if (hide) {
          picture(shown, codePoint);
        } else {
          shown.appendCodePoint(codePoint);
        }
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static boolean isLayout(int codePoint) {
    return codePoint == '\n' || codePoint == '\t';
  }

  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT ->
          (codePoint >= 0x202a && codePoint <= 0x202e)
              || (codePoint >= 0x2066 && codePoint <= 0x206f)
              || (codePoint >= 0xfff9 && codePoint <= 0xfffb);
      default -> false;
    };
  }

  private static void picture(StringBuilder shown, int codePoint) {
    if (codePoint < ' ') {
      shown.appendCodePoint(PICTURES + codePoint);
    } else if (codePoint == DELETE) {
      shown.appendCodePoint(PICTURE_OF_DELETE);
    } else {
      shown.append("\\u");
      String hex = Integer.toHexString(codePoint);
      shown.repeat('0', 4 - hex.length()).append(hex);
    }
  }
}
