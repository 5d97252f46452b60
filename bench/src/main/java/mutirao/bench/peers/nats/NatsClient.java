package mutirao.bench.peers.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Connects, subscribes, and is ready at the first PONG. */
class NatsClient implements Speaker {
  private static final String GREETING =
      "CONNECT"
          + " {\"verbose\":false,\"pedantic\":false,\"lang\":\"bench\",\"version\":\"1\",\"protocol\":1}\r\n";
  static final byte[] PING = "PING".getBytes(US_ASCII);
  private static final byte[] PONG = "PONG".getBytes(US_ASCII);
  static final byte[] PONG_LINE = "PONG\r\n".getBytes(US_ASCII);
  static final byte[] MSG = "MSG ".getBytes(US_ASCII);
  static final byte[] END = "\r\n".getBytes(US_ASCII);
  static final byte[] PAYLOAD_LENGTH = (" " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);

  private final String subscription;
  private final Events events;
  private boolean ready;

  NatsClient(String subscription, Events events) {
    this.subscription = subscription;
    this.events = events;
  }

  @Override
  public final void opened(Connection connection) {
    connection.write((GREETING + subscription + "PING\r\n").getBytes(US_ASCII));
  }

  @Override
  public int received(Connection connection, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int newline = Bytes.indexOf(bytes, at, to, (byte) '\n');
      boolean message = Bytes.startsWith(bytes, at, to, MSG);
      int end = newline < 0 ? -1 : newline + 1;
      if (message && newline >= 0) {
        end = messageEnd(bytes, at, newline, to);
      }
      if (end < 0) {
        return at;
      }
      if (message) {
        message(connection, bytes, at, newline, end - END.length);
      } else {
        other(connection, bytes, at, end);
      }
      at = end;
    }
    return at;
  }

  /** A message: its head is {@code [from, newline)}, its payload the rest. */
  void message(Connection connection, byte[] bytes, int from, int newline, int to) {
    events.failed("an unexpected message");
  }

  private void other(Connection connection, byte[] bytes, int from, int to) {
    if (Bytes.startsWith(bytes, from, to, PONG) && !ready) {
      ready = true;
      greeted(connection);
    } else if (Bytes.startsWith(bytes, from, to, PING)) {
      connection.write(PONG_LINE);
    } else if (bytes[from] == '-') {
      events.failed(new String(bytes, from, to - from, US_ASCII));
    }
  }

  /** The server knows us. */
  void greeted(Connection connection) {
    events.ready();
  }

  final boolean isReady() {
    return ready;
  }

  @Override
  public final void closed(Connection connection, String reason) {
    events.failed(reason);
  }

  /**
   * The index behind a message's payload whose head ends at {@code newline}, or -1 where it is not
   * complete.
   */
  static int messageEnd(byte[] bytes, int from, int newline, int to) {
    int digits = newline - 1;
    while (digits > from && bytes[digits - 1] != ' ') {
      digits--;
    }
    long end = newline + 1 + Bytes.number(bytes, digits, newline) + END.length;
    return end <= to ? (int) end : -1;
  }

  /** Where the third word of a message's head begins: the reply subject, where there is one. */
  static int replySubject(byte[] bytes, int from, int newline) {
    int reply = from + MSG.length;
    for (int spaces = 0; spaces < 2; spaces++) {
      reply = Bytes.indexOf(bytes, reply, newline, (byte) ' ') + 1;
    }
    return reply;
  }
}
