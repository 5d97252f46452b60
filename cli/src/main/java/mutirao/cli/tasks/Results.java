package mutirao.cli.tasks;

import java.time.Duration;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.TaskResult;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** Results in words. */
public final class Results {
  private Results() {}

  /** A result for people and scripts: text without quotes, anything else as JSON. */
  public static String value(@Nullable RawJson result) {
    if (result == null) {
      return "null";
    }
    return Json.parse(result) instanceof String text ? text : result.toString();
  }

  /** What became of a task of which nobody here knows how long it took. */
  public static TaskResult untimed(
      String task,
      String state,
      @Nullable RawJson result,
      @Nullable RawJson error,
      @Nullable String worker,
      int attempts) {
    return new TaskResult(
        task, state, result, error, worker, attempts, Duration.ZERO, Duration.ZERO);
  }

  /** {@code task 3k7f done by Worker-1: 100}. */
  public static Line ended(Texts texts, TaskResult result) {
    if (result.done()) {
      return Line.of(Tone.GOOD, texts.get("task.done", result.taskId(), worker(result)))
          .plus(" " + value(result.result()));
    }
    return Line.of(Tone.BAD, texts.get("task." + result.state(), result.taskId(), worker(result)))
        .plus(Tone.BAD, reason(result));
  }

  /** Why it did not end well, where more is known than the state. */
  public static String reason(TaskResult result) {
    return result.error() == null ? "" : ": " + result.errorCode() + ": " + result.errorMessage();
  }

  private static String worker(TaskResult result) {
    return result.worker() == null ? "–" : result.worker();
  }
}
