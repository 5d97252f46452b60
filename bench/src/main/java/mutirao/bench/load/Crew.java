package mutirao.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Loop;

/** All connections of one run, from greeting to goodbye. Belongs to one thread. */
final class Crew implements AutoCloseable {
  private static final long TURN_MS = 10;
  private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Loop loop = new Loop();
  private final RunningServer server;
  private final Findings findings;
  private final List<Connection> connections = new ArrayList<>();
  private int ready;
  private boolean leaving;
  private long nextTick = System.nanoTime();

  Crew(RunningServer server, Findings findings) throws IOException {
    this.server = server;
    this.findings = findings;
  }

  Loop loop() {
    return loop;
  }

  /** Connects; the greeting goes on in the loop's turns. */
  Connection join(Speaker speaker) throws IOException {
    Connection connection = loop.connect(speaker.door(server), speaker);
    connections.add(connection);
    return connection;
  }

  /** To be called for every {@code ready} event. */
  void ready() {
    ready++;
  }

  /**
   * To be called for every {@code failed} event; what happens while leaving does not matter any
   * more.
   */
  void failed(String what) {
    if (!leaving) {
      findings.failure(what);
    }
  }

  /** Waits until all who joined are greeted. */
  void awaitReady() throws IOException {
    if (!turnUntil(() -> ready == connections.size(), GREETING_NANOS)) {
      throw new IOException(ready + " of " + connections.size() + " connections were greeted");
    }
  }

  /** Turns the loop until something holds; false where it does not within {@code nanos}. */
  boolean turnUntil(BooleanSupplier condition, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      turn();
    }
    return true;
  }

  /** One turn that waits for something to happen. */
  void turn() throws IOException {
    loop.turn(TURN_MS);
    requireHope();
  }

  /** One turn that does not wait. */
  void turnNow() throws IOException {
    loop.turn(0);
    requireHope();
  }

  /** Calls {@code tick} where the last call is long enough ago. */
  void tick(Runnable tick, long now) {
    if (now - nextTick >= 0) {
      nextTick = now + TICK_NANOS;
      tick.run();
    }
  }

  /** Says goodbye, waits a little for the other side, and closes. */
  @Override
  public void close() throws IOException {
    leaving = true;
    try (loop) {
      for (Connection connection : connections) {
        if (!connection.isClosed() && connection.role() instanceof Speaker speaker) {
          speaker.leave(connection);
        }
      }
      long end = System.nanoTime() + GOODBYE_NANOS;
      loop.turn(0);
      while (connections.stream().anyMatch(Crew::owes) && System.nanoTime() - end < 0) {
        loop.turn(TURN_MS);
      }
    }
  }

  private static boolean owes(Connection connection) {
    return !connection.isClosed() && connection.pendingBytes() > 0;
  }

  private void requireHope() throws IOException {
    if (findings.hopeless() && !leaving) {
      throw new IOException(findings.first());
    }
  }
}
