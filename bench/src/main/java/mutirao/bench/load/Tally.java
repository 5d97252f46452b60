package mutirao.bench.load;

/**
 * What counts in the measured window. A rate counts what completes in it. A latency counts in a
 * closed loop likewise, but in an open loop where the task was <em>due</em> in the window, however
 * late it completes: else the slowest would be left out.
 */
final class Tally {
  private final boolean open;
  private final Latencies latencies = new Latencies();
  private boolean begun;
  private boolean ended;
  private long beginNanos;
  private long endNanos;
  private long completed;

  /** A tally of an open or a closed loop; nothing counts before it begins. */
  Tally(boolean open) {
    this.open = open;
  }

  void begin(long nanos) {
    begun = true;
    beginNanos = nanos;
  }

  void end(long nanos) {
    ended = true;
    endNanos = nanos;
  }

  /**
   * One completion; {@code startedNanos} is when it was due in an open loop, when it was sent in a
   * closed one.
   */
  void complete(long startedNanos, long nanos) {
    boolean inWindow = contains(nanos);
    if (inWindow) {
      completed++;
    }
    if (open ? contains(startedNanos) : inWindow) {
      latencies.record(nanos - startedNanos);
    }
  }

  /** Completions in the window. */
  long completed() {
    return completed;
  }

  Latencies latencies() {
    return latencies;
  }

  private boolean contains(long nanos) {
    return begun && nanos - beginNanos >= 0 && (!ended || nanos - endNanos < 0);
  }
}
