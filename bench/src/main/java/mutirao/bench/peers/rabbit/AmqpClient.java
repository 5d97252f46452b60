package mutirao.bench.peers.rabbit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static mutirao.bench.peers.rabbit.AmqpWriter.BASIC;
import static mutirao.bench.peers.rabbit.AmqpWriter.BODY;
import static mutirao.bench.peers.rabbit.AmqpWriter.FRAME_HEAD_BYTES;
import static mutirao.bench.peers.rabbit.AmqpWriter.HEADER;
import static mutirao.bench.peers.rabbit.AmqpWriter.METHOD;
import static mutirao.bench.peers.rabbit.AmqpWriter.methodFrame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;

/** Cuts frames, logs in as guest, and opens one channel. */
abstract class AmqpClient implements Speaker {
  static final int CHANNEL = 1;

  /** Class and method in one number, as a method frame begins. */
  static final int DECLARE_OK = 50 << 16 | 11;

  static final int QOS_OK = BASIC << 16 | 11;
  static final int CONSUME_OK = BASIC << 16 | 21;
  static final int DELIVER = BASIC << 16 | 60;
  static final int ACK = BASIC << 16 | 80;
  static final int SELECT_OK = 85 << 16 | 11;

  private static final int CONNECTION = 10;
  private static final int START = CONNECTION << 16 | 10;
  private static final int TUNE = CONNECTION << 16 | 30;
  private static final int CONNECTION_OPEN_OK = CONNECTION << 16 | 41;
  private static final int CHANNEL_OPEN_OK = 20 << 16 | 11;

  private static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int FRAME_MAX_BYTES = 128 * 1024;
  private static final int HEARTBEAT = 8;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Events events;

  AmqpClient(Events events) {
    this.events = events;
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  /** The index behind the short text at {@code at}. */
  static int afterShortText(byte[] bytes, int at) {
    return at + 1 + (bytes[at] & 0xFF);
  }

  /** The channel stands; the place to go on. */
  abstract void channelOpen(Connection connection);

  /**
   * A method of the channel, its arguments at {@code [from, to)}.
   *
   * @return false where it has no place here
   */
  abstract boolean method(Connection connection, int method, byte[] bytes, int from, int to);

  /** The header of a content: its properties' flags and values at {@code [from, to)}. */
  void header(byte[] bytes, int from, int to) {}

  /** The body of a content. */
  void body(Connection connection, byte[] bytes, int from, int to) {
    events.failed("an unexpected body");
  }

  /** All frames that arrived together are handled. */
  void readAll(Connection connection) {}

  @Override
  public final void opened(Connection connection) {
    connection.write(PROTOCOL);
  }

  @Override
  public final int received(Connection connection, byte[] bytes, int from, int to) {
    int at = from;
    while (to - at >= FRAME_HEAD_BYTES) {
      int content = at + FRAME_HEAD_BYTES;
      int end = content + intAt(bytes, at + 3);
      if (end >= to) {
        break;
      }
      frame(connection, bytes[at], bytes, content, end);
      at = end + 1;
    }
    readAll(connection);
    return at;
  }

  private void frame(Connection connection, int type, byte[] bytes, int from, int to) {
    switch (type) {
      case METHOD -> {
        int method = intAt(bytes, from);
        if (!greeted(connection, method) && !method(connection, method, bytes, from + 4, to)) {
          String text = new String(bytes, from + 4, to - from - 4, US_ASCII);
          events.failed("method " + (method >>> 16) + "." + (method & 0xFFFF) + ": " + text);
        }
      }
      case HEADER -> header(bytes, from + 12, to);
      case BODY -> body(connection, bytes, from, to);
      case HEARTBEAT -> {}
      default -> events.failed("a frame of the unknown type " + type);
    }
  }

  private boolean greeted(Connection connection, int method) {
    switch (method) {
      case START -> {
        AmqpWriter answer = new AmqpWriter().emptyTable().shortText("PLAIN");
        answer.longText("\0guest\0guest").shortText("en_US");
        connection.write(methodFrame(0, CONNECTION, 11, answer));
      }
      case TUNE -> {
        AmqpWriter limits = new AmqpWriter().shortInt(CHANNEL).longInt(FRAME_MAX_BYTES).shortInt(0);
        connection.write(methodFrame(0, CONNECTION, 31, limits));
        AmqpWriter host = new AmqpWriter().shortText("/").shortText("").octet(0);
        connection.write(methodFrame(0, CONNECTION, 40, host));
      }
      case CONNECTION_OPEN_OK ->
          connection.write(methodFrame(CHANNEL, 20, 10, new AmqpWriter().shortText("")));
      case CHANNEL_OPEN_OK -> channelOpen(connection);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public final void closed(Connection connection, String reason) {
    events.failed(reason);
  }
}
