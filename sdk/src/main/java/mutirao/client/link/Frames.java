package mutirao.client.link;

import java.time.Duration;
import java.util.Set;
import mutirao.client.ChatMessage;
import mutirao.client.MutiraoException;
import mutirao.client.TaskHandle;
import mutirao.client.TaskResult;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** What the server says, as the types programs see. */
public final class Frames {
  private static final Set<String> ENDED = Set.of("done", "failed", "cancelled", "expired");

  private Frames() {}

  /** One message of a room's history. */
  public static ChatMessage message(String room, ServerFrame.HistoryMessage line) {
    return new ChatMessage(
        line.sender(), room, Json.text(line.message()), line.seq(), line.timestamp());
  }

  public static ChatMessage message(ServerFrame.Broadcast frame) {
    return new ChatMessage(
        frame.sender(), frame.room(), Json.text(frame.message()), frame.seq(), frame.timestamp());
  }

  public static ChatMessage message(ServerFrame.Direct frame) {
    return new ChatMessage(
        frame.sender(), null, Json.text(frame.message()), frame.seq(), frame.timestamp());
  }

  public static MutiraoException exception(ServerFrame.Error error) {
    return new MutiraoException(
        error.code().wireName(),
        error.message(),
        error.code().definite(),
        error.field(),
        error.retryAfterMs(),
        null);
  }

  /** Whether a task in this state will not change any more. */
  public static boolean ended(String state) {
    return ENDED.contains(state);
  }

  public static TaskResult result(ServerFrame.Result frame) {
    return new TaskResult(
        frame.task(),
        frame.state(),
        frame.result(),
        frame.error(),
        frame.worker(),
        frame.attempt(),
        Duration.ofMillis(frame.queuedMs()),
        Duration.ofMillis(frame.runMs()));
  }

  public static TaskResult result(ServerFrame.TaskView task) {
    long endMs = task.finishedAt() == null ? task.acceptedAt() : task.finishedAt();
    long startMs = task.startedAt() == null ? endMs : task.startedAt();
    return new TaskResult(
        task.task(),
        task.state(),
        task.result(),
        task.error(),
        task.worker(),
        task.attempt(),
        Duration.ofMillis(Math.max(0, startMs - task.acceptedAt())),
        Duration.ofMillis(Math.max(0, endMs - startMs)));
  }

  public static TaskHandle.Progress progress(ServerFrame.Progress frame) {
    RawJson percent = frame.percent();
    RawJson message = frame.message();
    return new TaskHandle.Progress(
        frame.task(),
        frame.attempt(),
        percent == null ? null : Double.valueOf(percent.toString()),
        message == null ? null : Json.text(message),
        frame.worker());
  }

  /** The number this client put into {@code ref}; null where it is none of ours. */
  public static @Nullable Long ref(@Nullable RawJson ref) {
    if (ref == null || ref.length() == 0 || ref.length() > 18) {
      return null;
    }
    long number = 0;
    for (byte digit : ref.bytes()) {
      if (digit < '0' || digit > '9') {
        return null;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  /**
   * Whether a server refused something only because it cannot reach the others now: then it says
   * when to ask again.
   */
  public static boolean cutOff(ServerFrame.Error error) {
    return error.code() == ErrorCode.UNAVAILABLE && error.retryAfterMs() != null;
  }
}
