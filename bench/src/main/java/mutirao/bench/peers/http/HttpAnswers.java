package mutirao.bench.peers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import mutirao.bench.wire.Bytes;

/**
 * Cuts what arrives at a connection into answers of HTTP/1.1, whose bodies have a length or come in
 * chunks. Only what our server says is understood.
 */
final class HttpAnswers {
  /** Not all of it is there yet. */
  static final int INCOMPLETE = -1;

  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] OK = ascii("HTTP/1.1 200 ");
  private static final byte[] LENGTH = ascii("content-length: ");
  private static final byte[] CHUNKED = ascii("transfer-encoding: chunked");
  private static final int HEX = 16;
  private static final int FIRST_CAPACITY = 4096;

  private byte[] body = new byte[FIRST_CAPACITY];
  private int bodyLength;
  private boolean ok;

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /**
   * Reads one answer.
   *
   * @return the index behind it; {@link #INCOMPLETE} where more has to come
   * @throws IllegalArgumentException where it is none
   */
  int read(byte[] bytes, int from, int to) {
    int head = Bytes.after(bytes, from, to, HEAD_END);
    if (head < 0) {
      return INCOMPLETE;
    }
    ok = Bytes.startsWith(bytes, from, to, OK);
    bodyLength = 0;
    int length = afterHeader(bytes, from, head, LENGTH);
    if (length >= 0) {
      long count = Bytes.number(bytes, length, head);
      if (count > to - head) {
        return INCOMPLETE;
      }
      append(bytes, head, (int) count);
      return head + (int) count;
    }
    if (afterHeader(bytes, from, head, CHUNKED) < 0) {
      throw new IllegalArgumentException("an answer without a length");
    }
    return chunks(bytes, head, to);
  }

  /** The index behind a line's beginning, in letters of any case; -1 where no line has it. */
  private static int afterHeader(byte[] bytes, int from, int to, byte[] lowerCase) {
    int line = Bytes.after(bytes, from, to, LINE_END);
    while (line >= 0 && to - line >= lowerCase.length) {
      int same = 0;
      while (same < lowerCase.length && lower(bytes[line + same]) == lowerCase[same]) {
        same++;
      }
      if (same == lowerCase.length) {
        return line + same;
      }
      line = Bytes.after(bytes, line, to, LINE_END);
    }
    return -1;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private int chunks(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      int data = Bytes.after(bytes, at, to, LINE_END);
      if (data < 0) {
        return INCOMPLETE;
      }
      int size = Integer.parseInt(new String(bytes, at, data - at, US_ASCII).strip(), HEX);
      int end = data + size + LINE_END.length;
      if (end > to) {
        return INCOMPLETE;
      }
      append(bytes, data, size);
      at = end;
      if (size == 0) {
        return at;
      }
    }
  }

  private void append(byte[] bytes, int from, int length) {
    if (body.length - bodyLength < length) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, bodyLength + length));
    }
    System.arraycopy(bytes, from, body, bodyLength, length);
    bodyLength += length;
  }

  /** Whether the last answer was 200. */
  boolean ok() {
    return ok;
  }

  /** The last answer's body, up to {@link #bodyLength}; the next one replaces it. */
  byte[] body() {
    return body;
  }

  /** Bytes of the last answer's body. */
  int bodyLength() {
    return bodyLength;
  }
}
