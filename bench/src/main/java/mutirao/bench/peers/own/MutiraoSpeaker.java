package mutirao.bench.peers.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.LineSpeaker;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Door;

/**
 * What all our clients have in common: they register without presence, answer pings, and take an
 * error for a failure. Frames are told apart and read by looking for a key's bytes: inside a JSON
 * string a quote is escaped, so that no text can look like a key.
 */
abstract class MutiraoSpeaker extends LineSpeaker {
  static final byte[] TYPE = utf8("\"type\":\"");
  private static final byte[] USUAL_START = utf8("{\"type\":\"");
  private static final byte[] REGISTERED = utf8("registered\"");
  private static final byte[] PING = utf8("ping\"");
  private static final byte[] BYE = utf8("bye\"");
  private static final byte[] PONG = utf8("{\"type\":\"pong\"}\n");
  private static final byte[] QUIT = utf8("{\"type\":\"quit\"}\n");

  private final Caller caller;
  private final String registration;
  private final Events events;
  private boolean leaving;

  /**
   * A speaker that registers itself.
   *
   * @param name unique among those of the caller
   * @param fields the fields of {@code register} after {@code name}, with a comma before each
   */
  MutiraoSpeaker(Caller caller, String name, String fields, Events events) {
    super(events);
    this.caller = caller;
    this.registration =
        "{\"type\":\"register\",\"name\":\""
            + caller.user()
            + "-"
            + name
            + "\",\"presence\":false"
            + caller.field()
            + fields
            + "}\n";
    this.events = events;
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** The index of the frame's type behind its quote, or {@code to}. */
  static int type(byte[] bytes, int from, int to) {
    if (Bytes.startsWith(bytes, from, to, USUAL_START)) {
      return from + USUAL_START.length;
    }
    int found = Bytes.after(bytes, from, to, TYPE);
    return found < 0 ? to : found;
  }

  @Override
  public final Door door(RunningServer server) {
    return new Door(server.address(), caller.tls());
  }

  @Override
  public final void opened(Connection connection) {
    connection.write(utf8(registration));
  }

  @Override
  public final void leave(Connection connection) {
    leaving = true;
    connection.write(QUIT);
  }

  @Override
  public final void closed(Connection connection, String reason) {
    if (!leaving) {
      super.closed(connection, reason);
    }
  }

  @Override
  protected void line(Connection connection, byte[] bytes, int from, int to) {
    int type = type(bytes, from, to);
    if (!work(connection, bytes, from, to, type)) {
      other(connection, bytes, from, to, type);
    }
  }

  /**
   * Handles a frame that belongs to the work.
   *
   * @param type where the frame's type begins
   * @return false where it is another frame
   */
  boolean work(Connection connection, byte[] bytes, int from, int to, int type) {
    return false;
  }

  /** Handles a frame that has nothing to do with the work. */
  final void other(Connection connection, byte[] bytes, int from, int to, int type) {
    if (Bytes.startsWith(bytes, type, to, REGISTERED)) {
      registered();
      events.ready();
    } else if (!answeredPing(connection, bytes, type, to)
        && !(leaving && Bytes.startsWith(bytes, type, to, BYE))) {
      events.failed("unexpected frame: " + text(bytes, from, to));
    }
  }

  /** Called once the server knows us. */
  void registered() {}

  /** Answers where the frame is a ping. */
  static boolean answeredPing(Connection connection, byte[] bytes, int type, int to) {
    boolean ping = Bytes.startsWith(bytes, type, to, PING);
    if (ping) {
      connection.write(PONG);
    }
    return ping;
  }
}
