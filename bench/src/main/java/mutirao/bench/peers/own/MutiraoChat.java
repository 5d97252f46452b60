package mutirao.bench.peers.own;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Publisher, member and idle client in our own protocol; the room is the lobby. */
final class MutiraoChat {
  private static final byte[] BROADCAST = MutiraoSpeaker.utf8("broadcast\"");
  private static final byte[] MESSAGE_KEY = MutiraoSpeaker.utf8("\"message\":\"");

  private MutiraoChat() {}

  /**
   * Broadcasts. It is in the room itself and hears its own messages, which are not counted as
   * deliveries.
   */
  static final class Publisher extends MutiraoSpeaker implements Speaker.Publisher {
    private static final byte[] BEFORE_TEXT = utf8("{\"type\":\"broadcast\",\"message\":\"");
    private static final byte[] AFTER_TEXT = utf8("\"}\n");

    Publisher(String session, Events events) {
      super(Caller.ANYBODY, session + "-p", "", events);
    }

    @Override
    public void publish(Connection connection, long sequence) {
      connection.write(BEFORE_TEXT);
      int at = connection.reserve(Payload.LENGTH);
      Payload.write(connection.out(), at, 0, sequence);
      connection.commit(Payload.LENGTH);
      connection.write(AFTER_TEXT);
    }

    @Override
    boolean work(Connection connection, byte[] bytes, int from, int to, int type) {
      return Bytes.startsWith(bytes, type, to, BROADCAST);
    }
  }

  /** Hears everything that is said from its registration on. */
  static final class Member extends MutiraoSpeaker {
    private final int id;
    private final Events.Stream events;
    private boolean registered;

    Member(int id, String session, Events.Stream events) {
      super(Caller.ANYBODY, session + "-m" + id, "", events);
      this.id = id;
      this.events = events;
    }

    @Override
    void registered() {
      registered = true;
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      return registered
          ? events.stream(id, connection, bytes, from, to)
          : super.received(connection, bytes, from, to);
    }
  }

  /** Registers and is silent. */
  static final class Idle extends MutiraoSpeaker {
    Idle(int id, String session, Events events) {
      super(Caller.ANYBODY, session + "-i" + id, "", events);
    }
  }

  /** Frames are lines; broadcasts are the same bytes for every member. */
  static final class Format implements StreamFormat {
    @Override
    public int frameEnd(byte[] bytes, int from, int to) {
      int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
      return newline < 0 ? -1 : newline + 1;
    }

    @Override
    public int payloadAt(byte[] bytes, int from, int to) {
      int type = MutiraoSpeaker.type(bytes, from, to);
      if (!Bytes.startsWith(bytes, type, to, BROADCAST)) {
        return -1;
      }
      int text = Bytes.after(bytes, from, to, MESSAGE_KEY);
      return text >= 0 && to - text > Payload.LENGTH && bytes[text + Payload.LENGTH] == '"'
          ? text
          : -1;
    }

    @Override
    public boolean handleOther(Connection connection, byte[] bytes, int from, int to) {
      return MutiraoSpeaker.answeredPing(
          connection, bytes, MutiraoSpeaker.type(bytes, from, to), to);
    }
  }
}
