package mutirao.bench.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searching and numbers in byte arrays, eight bytes at a time where that is cheaper. Stateless. */
public final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Bytes() {}

  /** The first index of {@code wanted} in {@code [from, to)}, or -1. */
  public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xFFL) * LOW_BITS;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long difference = (long) LONGS.get(bytes, at) ^ pattern;
      long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  /** True where {@code [from, to)} begins with {@code prefix}. */
  public static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** The index behind the first {@code key} in {@code [from, to)}, or -1. */
  public static int after(byte[] bytes, int from, int to, byte[] key) {
    int last = to - key.length;
    int at = from;
    while (at <= last) {
      int found = indexOf(bytes, at, last + 1, key[0]);
      if (found < 0) {
        return -1;
      }
      if (startsWith(bytes, found, to, key)) {
        return found + key.length;
      }
      at = found + 1;
    }
    return -1;
  }

  /** Writes {@code value} as exactly {@code digits} decimal digits. */
  public static void putDigits(byte[] bytes, int at, int digits, long value) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      long quotient = rest / 10;
      bytes[i] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
  }

  /** Reads exactly {@code digits} decimal digits, or -1 where one of them is none. */
  public static long digits(byte[] bytes, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Reads decimal digits up to the first other byte; -1 where there is none at all. */
  public static long number(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end == from ? -1 : digits(bytes, from, end - from);
  }

  /** A hash of a short run of bytes such as a task's id. */
  public static long hash(byte[] bytes, int from, int to) {
    long hash = 0xCBF29CE484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}
