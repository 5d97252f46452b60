package mutirao.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one peer in one workload. Medians are over the runs that count; where none does, over
 * all that are right, so that a busy machine still shows something, marked as noisy.
 */
public record Summary(Workload workload, String peer, List<Run> runs) {

  /** Keeps its own copy. */
  public Summary {
    runs = List.copyOf(runs);
  }

  /** The runs of {@code peer} among {@code all}. */
  public static Summary of(Workload workload, String peer, List<Run> all) {
    return new Summary(
        workload,
        peer,
        all.stream().filter(r -> r.workload() == workload && r.peer().equals(peer)).toList());
  }

  /** How many runs count. */
  public long quiet() {
    return runs.stream().filter(Run::counts).count();
  }

  /** How many runs were right but disturbed. */
  public long noisy() {
    return runs.stream().filter(run -> run.verdict().ok() && run.usage().noisy()).count();
  }

  /** The first run that was not right. */
  public Optional<Run> wrong() {
    return runs.stream().filter(run -> !run.verdict().ok()).findFirst();
  }

  /** A figure over the runs that matter. */
  public Spread spread(ToDoubleFunction<Run> figure) {
    return Spread.of(relevant().stream().mapToDouble(figure));
  }

  /** A figure as a multiple of {@code other}'s in the same round. */
  public Spread ratio(Summary other, ToDoubleFunction<Run> figure) {
    List<Run> others = other.relevant();
    return Spread.of(
        relevant().stream()
            .mapToDouble(
                run ->
                    others.stream()
                        .filter(base -> base.round() == run.round())
                        .mapToDouble(base -> figure.applyAsDouble(run) / figure.applyAsDouble(base))
                        .findFirst()
                        .orElse(Double.NaN)));
  }

  private List<Run> relevant() {
    List<Run> counting = runs.stream().filter(Run::counts).toList();
    return counting.isEmpty() ? runs.stream().filter(run -> run.verdict().ok()).toList() : counting;
  }
}
