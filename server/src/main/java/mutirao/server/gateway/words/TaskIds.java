package mutirao.server.gateway.words;

import java.util.Arrays;

/**
 * Log positions as short text: one character that tells how many digits follow, then the position
 * in base 32. Of two ids the earlier one also comes first as text.
 */
public final class TaskIds {
  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final byte[] VALUES = values();
  private static final int BITS = 5;
  private static final int MAX_DIGITS = 13;

  private TaskIds() {}

  /** The text of a position, which must be positive. */
  public static String encode(long position) {
    int count = (Long.SIZE - Long.numberOfLeadingZeros(position) + BITS - 1) / BITS;
    char[] text = new char[count + 1];
    text[0] = DIGITS[count];
    long rest = position;
    for (int i = count; i > 0; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= BITS;
    }
    return new String(text);
  }

  /** The position behind a text; 0 where the text is no id. */
  public static long decode(String text) {
    if (text.length() < 2 || text.length() > MAX_DIGITS + 1) {
      return 0;
    }
    if (digit(text.charAt(0)) != text.length() - 1 || text.charAt(1) == '0') {
      return 0;
    }
    long position = 0;
    for (int i = 1; i < text.length(); i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0 || position >>> (Long.SIZE - 1 - BITS) != 0) {
        return 0;
      }
      position = position << BITS | digit;
    }
    return position;
  }

  private static int digit(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }

  private static byte[] values() {
    byte[] values = new byte['z' + 1];
    Arrays.fill(values, (byte) -1);
    for (byte i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = i;
    }
    return values;
  }
}
