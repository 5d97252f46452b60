package mutirao.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import mutirao.bench.load.IdleLoad;
import mutirao.bench.measure.Machine;

/** The tables at the end: one a workload, aligned and readable as Markdown. */
public final class Tables {
  private static final String RELAY = "relay";
  private static final String OURS_ON_DISK = "mutirao-durable";
  private static final double KIBI = 1024;

  private final Texts texts;

  /** Tables in a language. */
  public Tables(Texts texts) {
    this.texts = texts;
  }

  /** Machine, versions and a table for each workload. */
  public String all(
      Machine machine, List<Workload> workloads, Map<String, String> versions, List<Run> runs) {
    StringBuilder text = new StringBuilder();
    text.append(texts.get("machine", machine.system(), machine.processor(), machine.cores()));
    text.append('\n').append(machine.javaVersion()).append('\n');
    versions.forEach(
        (peer, version) -> text.append(peer).append(": ").append(version).append('\n'));
    for (Workload workload : workloads) {
      text.append("\n## ").append(workload).append(' ');
      text.append(texts.get("workload." + workload)).append("\n\n");
      text.append(table(workload, List.copyOf(versions.keySet()), runs));
      wrong(workload, runs).forEach(line -> text.append(line).append('\n'));
    }
    return text.append('\n').append(texts.get("legend")).append('\n').toString();
  }

  private List<String> wrong(Workload workload, List<Run> runs) {
    return runs.stream()
        .filter(run -> run.workload() == workload && !run.verdict().ok())
        .map(run -> texts.get("wrong", run.peer(), run.round(), run.verdict().firstFailure()))
        .toList();
  }

  /** The table of one workload. */
  String table(Workload workload, List<String> peers, List<Run> runs) {
    List<Summary> summaries =
        peers.stream()
            .map(peer -> Summary.of(workload, peer, runs))
            .filter(s -> !s.runs().isEmpty())
            .toList();
    String base = workload == Workload.W3 ? OURS_ON_DISK : RELAY;
    Optional<Summary> baseline =
        summaries.stream().filter(summary -> summary.peer().equals(base)).findFirst();
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(workload));
    for (Summary summary : summaries) {
      rows.add(workload == Workload.W5 ? idleRow(summary) : row(summary, baseline));
    }
    return align(rows);
  }

  private List<String> header(Workload workload) {
    Stream<String> keys =
        switch (workload) {
          case W1 -> loadedColumns("tasks", "cpu.tasks", "p50.relay");
          case W2 -> loadedColumns("tasks", "cpu.tasks", "rate.relay");
          case W3 -> loadedColumns("tasks", "cpu.tasks", "rate.durable");
          case W4 -> loadedColumns("deliveries", "cpu.deliveries", "rate.relay");
          case W5 ->
              Stream.of("connections", "resident.each", "heap.each", "resident", "idle.cores");
        };
    return Stream.concat(Stream.of("peer", "rounds"), keys)
        .map(key -> texts.get("column." + key))
        .toList();
  }

  private static Stream<String> loadedColumns(String rate, String cpu, String ratio) {
    return Stream.of(rate, "p50", "p99", "p999", cpu, "cores", "generator", "memory", ratio);
  }

  private List<String> row(Summary summary, Optional<Summary> baseline) {
    ToDoubleFunction<Run> compared =
        summary.workload() == Workload.W1 ? run -> run.latency().p50() : Run::rate;
    return List.of(
        summary.peer(),
        rounds(summary),
        texts.spread(summary.spread(Run::rate), 0),
        texts.spread(summary.spread(run -> run.latency().p50()), 0),
        texts.spread(summary.spread(run -> run.latency().p99()), 0),
        texts.spread(summary.spread(run -> run.latency().p999()), 0),
        texts.spread(summary.spread(Run::cpuPerUnit), 2),
        texts.spread(summary.spread(run -> run.usage().serverCores()), 2),
        texts.spread(summary.spread(run -> run.usage().generatorCores()), 2),
        texts.spread(summary.spread(run -> run.usage().serverPeakMegabytes()), 0),
        baseline.map(base -> texts.spread(ratio(summary, base, compared), 3)).orElse("–"));
  }

  /**
   * Beside the relay we are what is compared; on disk the others are, each with a goal of its own.
   */
  private static Spread ratio(Summary summary, Summary base, ToDoubleFunction<Run> figure) {
    return summary.workload() == Workload.W3
        ? base.ratio(summary, figure)
        : summary.ratio(base, figure);
  }

  private List<String> idleRow(Summary summary) {
    return List.of(
        summary.peer(),
        rounds(summary),
        texts.spread(idle(summary, IdleLoad.Figures::connections), 0),
        texts.spread(idle(summary, figures -> figures.residentBytesEach() / KIBI), 2),
        texts.spread(idle(summary, figures -> figures.heapBytesEach() / KIBI), 2),
        texts.spread(idle(summary, figures -> figures.residentBytes() / KIBI / KIBI), 0),
        texts.spread(summary.spread(run -> run.usage().serverCores()), 3));
  }

  private static Spread idle(Summary summary, ToDoubleFunction<IdleLoad.Figures> figure) {
    return summary.spread(run -> figure.applyAsDouble(Objects.requireNonNull(run.idle())));
  }

  private String rounds(Summary summary) {
    long wrong = summary.runs().stream().filter(run -> !run.verdict().ok()).count();
    String counts = summary.quiet() + "/" + summary.noisy();
    return wrong == 0 ? counts : counts + " " + texts.get("rounds.wrong", wrong);
  }

  /** Pads the columns of a Markdown table; the first row is its head. */
  static String align(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      appendRow(text, rows.get(r), widths);
      if (r == 0) {
        for (int width : widths) {
          text.append("|-").append("-".repeat(width)).append('-');
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      text.append("| ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 1));
    }
    text.append("|\n");
  }
}
