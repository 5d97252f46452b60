package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.server.gateway.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: it takes all it is owed at once, unless it is told to stop. */
final class Reader implements Transport, Outbox.Taker {
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable Peer peer;
  private boolean stopped;
  private int sharedPieces;

  /** Somebody new, who counts as connected. */
  static Reader connect(Gateway gateway) {
    Reader reader = new Reader();
    Peer peer = gateway.connect(reader);
    reader.peer = peer;
    gateway.welcome(peer);
    return reader;
  }

  /** Somebody registered, without presence; what it was answered is forgotten. */
  static Reader registered(Gateway gateway, String name) {
    Reader reader = connect(gateway);
    reader.say("{\"type\":\"register\",\"name\":\"" + name + "\",\"presence\":false}\n");
    gateway.pump();
    reader.takeText();
    return reader;
  }

  /** Lets bytes arrive; the gateway's turn is the test's to take. */
  void say(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Objects.requireNonNull(peer).receive(bytes, 0, bytes.length);
  }

  void stopReading() {
    stopped = true;
  }

  void startReading() {
    stopped = false;
    flush();
  }

  int owedBytes() {
    return Objects.requireNonNull(peer).outbox().owedBytes();
  }

  /** How often it took what others were owed too. */
  int sharedPieces() {
    return sharedPieces;
  }

  @Override
  public void flush() {
    Outbox outbox = Objects.requireNonNull(peer).outbox();
    while (!stopped && outbox.take(this)) {
      outbox.sent();
    }
  }

  @Override
  public void take(byte[] bytes, int length) {
    received.write(bytes, 0, length);
  }

  @Override
  public void takeShared(Outbox.Shared lines) {
    sharedPieces++;
    received.writeBytes(lines.bytes());
  }

  @Override
  public void close() {
    flush();
  }

  @Override
  public String remote() {
    return "in process";
  }

  /** What came since the last call. */
  String takeText() {
    String text = received.toString(UTF_8);
    received.reset();
    return text;
  }
}
