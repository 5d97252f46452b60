package mutirao.protocol.codec.scan;

/**
 * What the JSON library lets pass: it skips strings nobody asks for without looking at their
 * encoding, and takes overlong forms and half surrogate pairs where it does look.
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * Makes sure that {@code [from, to)}, already known to be JSON or about to be read as such, is
   * whole Unicode.
   *
   * @param bytesToo look for wrong bytes
   * @param escapesToo look for halves of surrogate pairs written as escapes
   * @throws MalformedException at the first place that is not
   */
  public static void check(byte[] bytes, int from, int to, boolean bytesToo, boolean escapesToo) {
    int wrong = bytesToo ? firstWrongByte(bytes, from, to) : -1;
    if (wrong >= 0) {
      throw new MalformedException("malformed.utf8", wrong);
    }
    int half = escapesToo ? firstHalfPair(bytes, from, to) : -1;
    if (half >= 0) {
      throw new MalformedException("malformed.surrogate", half);
    }
  }

  /**
   * The index of the first byte that begins no well-formed sequence (Unicode 16, table 3-7), or -1.
   */
  private static int firstWrongByte(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = bytes[at];
      if (lead >= 0) {
        at++;
        continue;
      }
      int length = sequenceLength(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** The length of the well-formed sequence of two to four bytes at {@code at}, or 0. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** The index of the first escape that is half a surrogate pair without the other half, or -1. */
  private static int firstHalfPair(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      int unit = escapedUnit(bytes, at, to);
      if (unit < 0) {
        at += 2;
      } else if (!Character.isSurrogate((char) unit)) {
        at += 6;
      } else if (Character.isHighSurrogate((char) unit)
          && escapedUnit(bytes, at + 6, to) >= 0
          && Character.isLowSurrogate((char) escapedUnit(bytes, at + 6, to))) {
        at += 12;
      } else {
        return at;
      }
    }
    return -1;
  }

  /** The UTF-16 unit that the escape at {@code at} writes with four hexadecimal digits, or -1. */
  private static int escapedUnit(byte[] bytes, int at, int to) {
    if (at + 6 > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** The UTF-8 bytes that the inside {@code [from, to)} of a checked JSON string stands for. */
  public static int decodedLength(byte[] bytes, int from, int to) {
    int length = 0;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        length++;
        continue;
      }
      int unit = escapedUnit(bytes, at, to);
      at += unit < 0 ? 2 : 6;
      // Each half of a pair counts for two of the four bytes.
      length += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate((char) unit) ? 2 : 3;
    }
    return length;
  }
}
