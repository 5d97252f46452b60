package mutirao.cli.worker;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.MutiraoWorker;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;
import mutirao.protocol.RawJson;

/** One line for each task that was run. Thread-safe. */
public final class TaskLog implements MutiraoWorker.Observer {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Output output;

  /** Logs to {@code output}. */
  public TaskLog(Output output) {
    this.output = output;
  }

  @Override
  public void done(TaskContext task, RawJson result, Duration took) {
    log(task, Tone.GOOD, output.texts().get("worker.done", took.toMillis()));
  }

  @Override
  public void failed(TaskContext task, OperationException error, Duration took) {
    String why = error.code() + ": " + error.getMessage();
    log(task, Tone.BAD, output.texts().get("worker.failed", took.toMillis(), why));
  }

  @Override
  public void cancelled(TaskContext task, Duration took) {
    log(task, Tone.NOTICE, output.texts().get("worker.cancelled", took.toMillis()));
  }

  private void log(TaskContext task, Tone tone, String outcome) {
    String what =
        output.texts().get("worker.task", task.taskId(), task.operation(), task.submitter());
    output.print(
        Line.of(Tone.FAINT, LocalTime.now(ZoneId.systemDefault()).format(TIME) + " ")
            .plus(what + " ")
            .plus(tone, outcome));
  }
}
