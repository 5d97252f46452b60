package mutirao.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.story.wire.ManualClock;
import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port with a clock that the test moves, and somebody who uses it well while
 * others do not.
 */
final class RunningServer implements AutoCloseable {
  static final ServerConfig CONFIG = ServerConfig.DEFAULT.withAddress("127.0.0.1", 0);

  private static final long SEED = 42;
  private static final long PATIENCE_SECONDS = 20;
  private static final long STEP_MS = 250;

  private final ManualClock clock = new ManualClock();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final Server server;
  private final TcpClient healthy;
  private int asked;

  RunningServer() throws InterruptedException {
    this(CONFIG);
  }

  RunningServer(ServerConfig config) throws InterruptedException {
    Random random = new Random(SEED);
    server = Server.start(config, clock, random::nextBytes, fault::set);
    healthy = registered("healthy");
  }

  /** Somebody new who reads. */
  TcpClient connect() {
    return TcpClient.connect(server.address());
  }

  /** Somebody new who leaves what comes unread. */
  TcpClient connectWithoutReading() {
    return TcpClient.connectWithoutReading(server.address());
  }

  /** Somebody registered, without presence. */
  TcpClient registered(String name) {
    TcpClient client = connect();
    client.say("{\"type\":\"register\",\"name\":\"" + name + "\",\"presence\":false}");
    String answer = client.next();
    assertTrue(answer.startsWith("{\"type\":\"registered\""), answer);
    return client;
  }

  /** The one who uses the server well. */
  TcpClient healthy() {
    return healthy;
  }

  /**
   * The healthy client still gets an answer of the machine; by then whatever had reached the server
   * before has been read.
   */
  void assertHealthy() {
    String ref = "\"healthy-" + ++asked + "\"";
    healthy.say("{\"type\":\"broadcast\",\"message\":\"estou bem\",\"ref\":" + ref + "}");
    String echo = healthy.nextWith(ref);
    assertTrue(echo.contains("\"estou bem\""), echo);
    assertEquals(null, fault.get(), "a fault of the server's own");
  }

  /** Lets time pass, in small steps, with the healthy client showing signs of life at each. */
  void pass(long ms) {
    clock.advance(
        ms,
        () -> {
          healthy.say("{\"type\":\"ping\"}");
          String pong = healthy.nextWith("\"pong\"");
          assertTrue(pong.contains("\"pong\""), pong);
          server.wakeUp();
          server.connectionCount();
        });
  }

  /**
   * Lets time pass until the server has no more than this many connections. What it closes counts
   * until the other side has let go too, which takes time of the real world: so nobody knows how
   * much passes, but hardly any has passed since the last one went.
   */
  void passUntilConnections(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.connectionCount() > count) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> server.connectionCount() + " connections, not " + count);
      pass(STEP_MS);
    }
  }

  /** Waits until the server has this many connections, the healthy one among them. */
  void awaitConnections(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.connectionCount() != count) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> server.connectionCount() + " connections instead of " + count);
      Thread.onSpinWait();
    }
  }

  /** Reads until the connection is closed, and gives the last frame before that. */
  static String lastFrame(TcpClient client) {
    String last = "";
    String line = client.next();
    while (line.startsWith("{")) {
      last = line;
      line = client.next();
    }
    assertEquals(Wire.CLOSED, line, "after " + last);
    return last;
  }

  @Override
  public void close() {
    healthy.close();
    server.close();
    assertEquals(null, fault.get(), "a fault of the server's own");
  }
}
