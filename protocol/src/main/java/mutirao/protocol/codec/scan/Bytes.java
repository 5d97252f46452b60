package mutirao.protocol.codec.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Looks through bytes eight at a time. */
public final class Bytes {

  /** Somewhere there is a byte outside ASCII. */
  public static final int NON_ASCII = 1;

  /** Somewhere there is a backslash. */
  public static final int BACKSLASH = 2;

  /** Somewhere there is a carriage return. */
  public static final int CARRIAGE_RETURN = 4;

  private static final int FLAG_BITS = 3;
  private static final int SAFE_DIGITS = 18;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;

  private Bytes() {}

  /**
   * Finds the first newline in {@code [from, to)} and notes what else was passed on the way to it.
   *
   * @return for {@link #index} and {@link #flags} to take apart; the index is {@code to} where
   *     there is no newline
   */
  public static long scanLine(byte[] bytes, int from, int to) {
    long nonAscii = 0;
    long backslash = 0;
    long carriageReturn = 0;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      if (zeroBytes(word ^ ONES * '\n') != 0) {
        break;
      }
      nonAscii |= word;
      backslash |= zeroBytes(word ^ ONES * '\\');
      carriageReturn |= zeroBytes(word ^ ONES * '\r');
    }
    int flags =
        ((nonAscii & HIGHS) == 0 ? 0 : NON_ASCII)
            | (backslash == 0 ? 0 : BACKSLASH)
            | (carriageReturn == 0 ? 0 : CARRIAGE_RETURN);
    for (; at < to && bytes[at] != '\n'; at++) {
      flags |= flag(bytes[at]);
    }
    return ((long) at << FLAG_BITS) | flags;
  }

  public static int index(long scan) {
    return (int) (scan >> FLAG_BITS);
  }

  public static int flags(long scan) {
    return (int) scan & (1 << FLAG_BITS) - 1;
  }

  public static int flag(byte value) {
    return value < 0 ? NON_ASCII : value == '\\' ? BACKSLASH : value == '\r' ? CARRIAGE_RETURN : 0;
  }

  /**
   * The first byte in {@code [from, to)} that a JSON string cannot go on over: quote, backslash,
   * newline; or {@code to}.
   */
  public static int skipPlain(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long found =
          (word & HIGHS)
              | zeroBytes(word ^ ONES * '"')
              | zeroBytes(word ^ ONES * '\\')
              | zeroBytes(word ^ ONES * '\n');
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    return at;
  }

  public static boolean contains(byte[] bytes, int from, int to, char ascii) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ascii) {
        return true;
      }
    }
    return false;
  }

  /** True where the JSON integer in {@code [from, to)} is in the range of {@code long}. */
  public static boolean isLong(byte[] bytes, int from, int to) {
    return to - from <= SAFE_DIGITS
        || new BigInteger(new String(bytes, from, to - from, US_ASCII)).bitLength() < Long.SIZE;
  }

  /** The value of a JSON integer for which {@link #isLong} is true. */
  public static long toLong(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 - (bytes[i] - '0');
    }
    return negative ? value : -value;
  }

  /** Turns raw line breaks, which JSON allows between tokens only, into spaces. */
  public static void replaceLineBreaks(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
  }

  /** High bits at the zero bytes of {@code word}; above the first there may be false ones. */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
