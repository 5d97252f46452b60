package mutirao.bench.load;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import mutirao.bench.measure.JavaHeap;
import mutirao.bench.measure.Meter;
import mutirao.bench.measure.Meter.Reading;
import mutirao.bench.measure.Usage;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;

/** Connections that register and then say nothing: what does one of them cost the server? */
public final class IdleLoad implements Events, AutoCloseable {
  /** Connections that are under way at once: fewer than any server's accept queue. */
  private static final int STEP = 200;

  /**
   * Connections before the first reading, so that what a server needs but once is not blamed on the
   * rest.
   */
  private static final int FIRST = 100;

  private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Peer peer;
  private final RunningServer server;
  private final int connections;
  private final String session;
  private final Findings findings = new Findings();
  private final Crew crew;
  private int joined;
  private int ready;

  /** A workload that is not open yet. */
  public IdleLoad(Peer peer, RunningServer server, int connections, String session)
      throws IOException {
    this.peer = peer;
    this.server = server;
    this.connections = connections;
    this.session = session;
    this.crew = new Crew(server, findings);
  }

  /**
   * Connects everybody and reads the server's memory before and after.
   *
   * @param idleNanos how long to be silent for measuring the CPU that silence costs
   * @param tick called after each step, with the share that is connected
   */
  public Figures measure(long idleNanos, java.util.function.DoubleConsumer tick)
      throws IOException {
    Meter meter = new Meter(server.pid());
    connectUpTo(FIRST);
    double heapBefore = heap();
    double residentBefore = meter.residentBytes();
    while (joined < FIRST + connections) {
      connectUpTo(Math.min(joined + STEP, FIRST + connections));
      tick.accept((joined - FIRST) / (double) connections);
    }
    Reading before = meter.read();
    crew.turnUntil(() -> false, idleNanos);
    Usage usage = meter.since(before);
    double residentAfter = meter.residentBytes();
    double heapAfter = heap();
    return new Figures(
        connections,
        (residentAfter - residentBefore) / connections,
        (heapAfter - heapBefore) / connections,
        residentAfter,
        usage,
        findings.verdict(connections, ready - FIRST, FIRST + connections - ready));
  }

  @Override
  public void ready() {
    ready++;
  }

  @Override
  public void failed(String what) {
    crew.failed(what);
  }

  @Override
  public void close() throws IOException {
    crew.close();
  }

  private void connectUpTo(int wanted) throws IOException {
    for (; joined < wanted; joined++) {
      crew.join(peer.idle(joined, session, this));
    }
    if (!crew.turnUntil(() -> ready == joined, GREETING_NANOS)) {
      throw new IOException(ready + " of " + joined + " connections were greeted");
    }
  }

  private double heap() {
    OptionalLong pid = server.pid();
    return pid.isPresent() && peer.warmsUp() ? JavaHeap.liveBytes(pid.getAsLong()) : Double.NaN;
  }

  /**
   * What was found; NaN where this system does not tell.
   *
   * @param connections how many
   * @param residentBytesEach growth of resident memory, with no collection forced before the second
   *     reading
   * @param heapBytesEach growth of what is alive in the heap after a full collection
   * @param residentBytes resident memory with all of them
   * @param usage what their silence cost
   */
  public record Figures(
      int connections,
      double residentBytesEach,
      double heapBytesEach,
      double residentBytes,
      Usage usage,
      Verdict verdict) {}
}
