package mutirao.bench;

import java.util.List;
import java.util.Map;
import mutirao.bench.report.Workload;

/**
 * What is measured, and for how long.
 *
 * @param rounds quiet rounds wanted; a noisy one is repeated, at most this many times in all
 * @param seconds the measured window
 * @param warmUpSeconds traffic before the first window of a server that runs on a JVM
 * @param settleSeconds traffic before every other window
 * @param ratePerSecond open loop for tasks; 0: closed
 * @param fresh a new process for every round
 * @param members of W4
 * @param connections of W5
 */
public record BenchOptions(
    List<Workload> workloads,
    int rounds,
    double seconds,
    double warmUpSeconds,
    double settleSeconds,
    double ratePerSecond,
    boolean fresh,
    int members,
    int connections) {

  /** Keeps its own copy. */
  public BenchOptions {
    workloads = List.copyOf(workloads);
  }

  /** For the record. */
  public Map<String, Object> asMap() {
    return Map.of(
        "workloads", workloads.stream().map(Workload::name).toList(),
        "rounds", rounds,
        "seconds", seconds,
        "warm_up_seconds", warmUpSeconds,
        "settle_seconds", settleSeconds,
        "rate", ratePerSecond,
        "fresh", fresh,
        "members", members,
        "connections", connections);
  }
}
