package mutirao.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/**
 * The 100 bytes of a task or message: two digits who sent it, ten digits the sequence number, 88
 * letters that depend on the sequence number. A worker's answer is the same in upper case, so that
 * every byte of a result can be checked. Stateless.
 */
public final class Payload {
  /** Bytes of a payload. */
  public static final int LENGTH = 100;

  private static final int SENDER_DIGITS = 2;
  private static final int SEQUENCE_DIGITS = 10;
  private static final int TEXT_AT = SENDER_DIGITS + SEQUENCE_DIGITS;
  private static final int TEXT_LENGTH = LENGTH - TEXT_AT;
  private static final int SHIFTS = 23;
  private static final byte[] LETTERS =
      ("the quick brown fox jumps over the lazy dog while seven wise men weigh a jar of quinoa "
              + "at dawn and sing about rivers")
          .getBytes(US_ASCII);
  private static final byte[] CAPITALS = upperCase(LETTERS);

  private Payload() {}

  /** Writes the payload of {@code sequence}. */
  public static void write(byte[] out, int at, int sender, long sequence) {
    Bytes.putDigits(out, at, SENDER_DIGITS, sender);
    Bytes.putDigits(out, at + SENDER_DIGITS, SEQUENCE_DIGITS, sequence);
    System.arraycopy(LETTERS, shift(sequence), out, at + TEXT_AT, TEXT_LENGTH);
  }

  /** The sender written in a payload, or -1. */
  public static int sender(byte[] bytes, int at) {
    return (int) Bytes.digits(bytes, at, SENDER_DIGITS);
  }

  /** The sequence number written in a payload, or -1. */
  public static long sequence(byte[] bytes, int at) {
    return Bytes.digits(bytes, at + SENDER_DIGITS, SEQUENCE_DIGITS);
  }

  /** True where the text at {@code at} is the upper-cased one of {@code sequence}, byte by byte. */
  public static boolean isAnswer(byte[] bytes, int at, long sequence) {
    return isText(CAPITALS, bytes, at, sequence);
  }

  /** True where the text at {@code at} is the one of {@code sequence}, byte by byte. */
  public static boolean isOriginal(byte[] bytes, int at, long sequence) {
    return isText(LETTERS, bytes, at, sequence);
  }

  /** Sends {@code head}, the payload of {@code sequence}, then {@code tail}. */
  public static void send(
      Connection connection, byte[] head, int sender, long sequence, byte[] tail) {
    connection.write(head);
    int at = connection.reserve(LENGTH);
    write(connection.out(), at, sender, sequence);
    connection.commit(LENGTH);
    connection.write(tail);
  }

  /** Sends {@code head}, the answer to the payload at {@code from}, then {@code tail}. */
  public static void sendAnswer(
      Connection connection, byte[] head, byte[] bytes, int from, byte[] tail) {
    connection.write(head);
    int at = connection.reserve(LENGTH);
    answer(bytes, from, connection.out(), at);
    connection.commit(LENGTH);
    connection.write(tail);
  }

  /** What a worker does: copies a payload in upper case. */
  public static void answer(byte[] bytes, int from, byte[] out, int at) {
    for (int i = 0; i < LENGTH; i++) {
      byte value = bytes[from + i];
      out[at + i] = (byte) (value >= 'a' && value <= 'z' ? value - 32 : value);
    }
  }

  private static boolean isText(byte[] letters, byte[] bytes, int at, long sequence) {
    int shift = shift(sequence);
    return Arrays.equals(
        letters, shift, shift + TEXT_LENGTH, bytes, at + TEXT_AT, at + TEXT_AT + TEXT_LENGTH);
  }

  private static int shift(long sequence) {
    return (int) (sequence % SHIFTS);
  }

  private static byte[] upperCase(byte[] letters) {
    byte[] capitals = letters.clone();
    for (int i = 0; i < capitals.length; i++) {
      if (capitals[i] >= 'a' && capitals[i] <= 'z') {
        capitals[i] = (byte) (capitals[i] - 32);
      }
    }
    return capitals;
  }
}
