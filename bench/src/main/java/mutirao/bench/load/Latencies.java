package mutirao.bench.load;

import org.HdrHistogram.Histogram;

/**
 * Times in nanoseconds, from a microsecond to ten minutes, to three significant digits. Not
 * thread-safe.
 *
 * <p>In an open loop the caller measures from the instant a task was due, not from the one at which
 * it got round to sending it; that is what keeps a stalled server from hiding its own pauses
 * (coordinated omission).
 */
public final class Latencies {
  private static final long LARGEST_NANOS = 600_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram histogram = new Histogram(LARGEST_NANOS, SIGNIFICANT_DIGITS);

  /** Counts one time; what is out of range counts as the nearest that is in it. */
  public void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, LARGEST_NANOS));
  }

  /** Forgets everything. */
  public void reset() {
    histogram.reset();
  }

  /** How many times are counted. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** The time in microseconds that this percentage did not exceed; NaN where nothing is counted. */
  public double micros(double percentile) {
    return count() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1000.0;
  }

  /** What tables show. */
  public Percentiles percentiles() {
    return new Percentiles(micros(50), micros(99), micros(99.9), micros(100));
  }

  /** Microseconds at four percentiles; NaN where nothing was counted. */
  public record Percentiles(double p50, double p99, double p999, double max) {}
}
