package mutirao.cli.tasks;

import java.util.List;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.TaskResult;
import mutirao.protocol.ServerFrame.TaskView;

/** Tasks and what became of them: {@code /results}. */
final class ResultTable {
  private ResultTable() {}

  static void print(Terminal terminal, List<TaskView> tasks) {
    if (tasks.isEmpty()) {
      terminal.say(Tone.FAINT, "results.none");
    }
    int width = Columns.widest(tasks.stream().map(TaskView::operation).toList());
    for (TaskView task : tasks) {
      Line operation = Line.of(Tone.FAINT, Columns.pad(task.operation(), width) + "  ");
      terminal.print(operation.plus(state(terminal.texts(), task)));
    }
  }

  private static Line state(Texts texts, TaskView task) {
    return switch (task.state()) {
      case "done", "failed", "cancelled", "expired" -> Results.ended(texts, result(task));
      default ->
          Line.of(
              Tone.NOTICE,
              texts.get(task.waitingFor() == null ? "task.open" : "task.open.waits", task.task()));
    };
  }

  private static TaskResult result(TaskView task) {
    return Results.untimed(
        task.task(), task.state(), task.result(), task.error(), task.worker(), task.attempt());
  }
}
