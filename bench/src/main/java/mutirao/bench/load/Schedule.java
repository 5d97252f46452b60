package mutirao.bench.load;

/**
 * When tasks are due: at a constant rate whatever the server does, or each when another is
 * complete.
 */
public final class Schedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double ratePerSecond;
  private long startNanos;
  private long index;

  private Schedule(double ratePerSecond) {
    this.ratePerSecond = ratePerSecond;
  }

  /** A closed loop. */
  public static Schedule closed() {
    return new Schedule(0);
  }

  /** An open loop of this many tasks a second. */
  public static Schedule open(double ratePerSecond) {
    if (!(ratePerSecond > 0)) {
      throw new IllegalArgumentException("the rate must be positive: " + ratePerSecond);
    }
    return new Schedule(ratePerSecond);
  }

  /** True where tasks are due by the clock. */
  public boolean isOpen() {
    return ratePerSecond > 0;
  }

  /** Begins at this {@link System#nanoTime}. */
  public void start(long nanos) {
    startNanos = nanos;
    index = 0;
  }

  /** When the next task is due. Computed from the start, so that no error adds up. */
  public long dueNanos() {
    return startNanos + (long) (index * (NANOS_PER_SECOND / ratePerSecond));
  }

  /** Whose turn it is. */
  public int submitter(int submitters) {
    return (int) (index % submitters);
  }

  /** The next task was sent. */
  public void next() {
    index++;
  }
}
