package mutirao.cli.tasks;

import java.util.List;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.protocol.ServerFrame.WorkerView;

/** The workers, how busy they are and what they can do: {@code /workers}. */
final class WorkerTable {
  /** Operations shown of one worker. */
  private static final int MAX_OPERATIONS = 12;

  private WorkerTable() {}

  static void print(Terminal terminal, List<WorkerView> workers) {
    Texts texts = terminal.texts();
    terminal.say(Tone.STRONG, "workers.heading", workers.size());
    int width = Columns.widest(workers.stream().map(WorkerView::name).toList());
    for (WorkerView worker : workers) {
      String load =
          texts.get("workers.load", worker.busy(), worker.slots(), worker.done(), worker.failed());
      Line line =
          Line.of("  ")
              .plus(Tone.NAME, Columns.pad(worker.name(), width))
              .plus("  " + load + "  ")
              .plus(Tone.FAINT, operations(texts, worker.operations()));
      terminal.print(
          worker.draining() ? line.plus(Tone.NOTICE, " " + texts.get("workers.draining")) : line);
    }
  }

  private static String operations(Texts texts, List<String> all) {
    if (all.size() <= MAX_OPERATIONS) {
      return String.join(", ", all);
    }
    int more = all.size() - MAX_OPERATIONS;
    return String.join(", ", all.subList(0, MAX_OPERATIONS))
        + " "
        + texts.get("workers.more", more);
  }
}
