package mutirao.bench.peers.redis;

import mutirao.bench.wire.Bytes;

/** Where values of the Redis protocol (RESP2 and RESP3) end. Stateless. */
final class Resp {
  private static final int CRLF = 2;

  private Resp() {}

  /** The index behind the value that begins at {@code from}, or -1 where it is not complete. */
  static int end(byte[] bytes, int from, int to) {
    int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
    if (newline < 0) {
      return -1;
    }
    int next = newline + 1;
    return switch (bytes[from]) {
      case '$', '=', '!' -> bulkEnd(next, count(bytes, from, newline), to);
      case '*', '>', '~' -> elementsEnd(bytes, next, count(bytes, from, newline), to);
      case '%' -> elementsEnd(bytes, next, 2 * count(bytes, from, newline), to);
      default -> next;
    };
  }

  /** The number behind the type's letter; -1 stands for null. */
  private static int count(byte[] bytes, int from, int newline) {
    return (int) Bytes.number(bytes, from + 1, newline);
  }

  private static int bulkEnd(int from, int length, int to) {
    if (length < 0) {
      return from;
    }
    int end = from + length + CRLF;
    return end <= to ? end : -1;
  }

  private static int elementsEnd(byte[] bytes, int from, int count, int to) {
    int at = from;
    for (int i = 0; i < count && at >= 0; i++) {
      at = at < to ? end(bytes, at, to) : -1;
    }
    return at;
  }
}
