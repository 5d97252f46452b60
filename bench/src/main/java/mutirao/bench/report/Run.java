package mutirao.bench.report;

import java.time.Instant;
import mutirao.bench.load.IdleLoad;
import mutirao.bench.load.Latencies.Percentiles;
import mutirao.bench.load.Verdict;
import mutirao.bench.measure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of one peer. Figures are NaN where they could not be had.
 *
 * @param completed tasks or deliveries in the measured window
 * @param latency in microseconds
 * @param idle set for idle connections alone
 */
public record Run(
    Workload workload,
    String peer,
    int round,
    Instant startedAt,
    long completed,
    Percentiles latency,
    Usage usage,
    Verdict verdict,
    IdleLoad.@Nullable Figures idle) {

  /** A run that ended early; {@code why} is for people. */
  public static Run failed(
      Workload workload, String peer, int round, Instant startedAt, String why) {
    double unknown = Double.NaN;
    return new Run(
        workload,
        peer,
        round,
        startedAt,
        0,
        new Percentiles(unknown, unknown, unknown, unknown),
        new Usage(unknown, unknown, unknown, unknown, unknown),
        new Verdict(0, 0, 0, 0, 0, 1, why),
        null);
  }

  /** Completions a second. */
  public double rate() {
    return completed / usage.seconds();
  }

  /** The server's CPU seconds for the workload's unit of completions. */
  public double cpuPerUnit() {
    return usage.serverCpuSeconds() * workload.cpuUnit() / completed;
  }

  /** True where the run counts: all was right and nothing else disturbed it. */
  public boolean counts() {
    return verdict.ok() && !usage.noisy();
  }
}
