package mutirao.client;

import java.time.Duration;
import java.util.Map;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended.
 *
 * @param taskId the task
 * @param state {@code done}, {@code failed}, {@code cancelled} or {@code expired}
 * @param result what the operation returned; null unless done
 * @param error an object with {@code code} and {@code message}; null if done
 * @param worker who ran the last attempt; null where none was begun
 * @param attempt the number of the last attempt, 0 where none was begun
 * @param queued how long the task waited before its last attempt
 * @param ran how long the last attempt took
 */
public record TaskResult(
    String taskId,
    String state,
    @Nullable RawJson result,
    @Nullable RawJson error,
    @Nullable String worker,
    int attempt,
    Duration queued,
    Duration ran) {

  /** The state of a task that ended well. */
  public static final String DONE = "done";

  /** Whether the task ended well. */
  public boolean done() {
    return state.equals(DONE);
  }

  /**
   * The result as a value, see {@link Json}.
   *
   * @throws MutiraoException with the worker's code where the task did not end well
   */
  public @Nullable Object value() {
    if (!done()) {
      throw new MutiraoException(errorCode(), errorMessage(), true, null);
    }
    return result == null ? null : Json.parse(result);
  }

  /** The error's code; the state where there is none. */
  public String errorCode() {
    return errorField("code", state);
  }

  /** The error's message; the state where there is none. */
  public String errorMessage() {
    return errorField("message", state);
  }

  private String errorField(String field, String otherwise) {
    if (error != null
        && Json.parse(error) instanceof Map<?, ?> map
        && map.get(field) instanceof String text) {
      return text;
    }
    return otherwise;
  }
}
