package mutirao.cli.tasks;

import java.util.Objects;
import java.util.function.Consumer;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Tone;
import mutirao.client.TaskHandle.Progress;
import org.jspecify.annotations.Nullable;

/** A line when a task is another tenth further or has something new to say. For one task. */
final class ProgressLines implements Consumer<Progress> {
  private static final int PERCENT_PER_LINE = 10;

  private final Terminal terminal;
  private int lastTenth = -1;
  private @Nullable String lastMessage;

  ProgressLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(Progress progress) {
    int percent = progress.percent() == null ? 0 : progress.percent().intValue();
    String message = progress.message();
    if (percent / PERCENT_PER_LINE == lastTenth && Objects.equals(message, lastMessage)) {
      return;
    }
    lastTenth = percent / PERCENT_PER_LINE;
    lastMessage = message;
    String said = message == null ? "" : message;
    terminal.say(Tone.FAINT, "task.progress", progress.taskId(), percent, said);
  }
}
