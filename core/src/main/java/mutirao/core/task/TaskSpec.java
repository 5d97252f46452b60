package mutirao.core.task;

import java.util.Arrays;
import mutirao.core.session.Names;
import org.jspecify.annotations.Nullable;

/**
 * What a submitter asked for.
 *
 * @param params JSON bytes, never looked into
 * @param worker run on the worker of this name only
 * @param fallback any worker may take it once the named one is gone
 * @param key idempotency key
 * @param sharedKey whether all names of the submitter's user share the key; false: it is the name's
 * @param priority 0 (last) to 9 (first)
 * @param runAtMs not before this instant; null: {@code delayMs} counts
 * @param delayMs not before acceptance plus this
 * @param timeoutMs one attempt may take this long without progress
 * @param maxAttempts attempts before the task is failed
 * @param backoffMs wait before the second attempt; doubles with each further one
 * @param expiresMs not finished this long after acceptance: expired; null: never
 * @param keepMs how long the ended task is kept
 * @param quiet no result is pushed
 * @param traceparent the trace it belongs to, for the worker; the core never looks into it
 */
public record TaskSpec(
    String operation,
    byte[] params,
    @Nullable String worker,
    boolean fallback,
    @Nullable String key,
    boolean sharedKey,
    int priority,
    @Nullable Long runAtMs,
    long delayMs,
    long timeoutMs,
    int maxAttempts,
    long backoffMs,
    @Nullable Long expiresMs,
    long keepMs,
    boolean quiet,
    @Nullable String traceparent) {

  public TaskSpec {
    if (priority < 0 || priority > MAX_PRIORITY || maxAttempts < 1) {
      throw new IllegalArgumentException("priority or attempts out of range");
    }
    if (delayMs < 0 || timeoutMs < 0 || backoffMs < 0 || keepMs < 0) {
      throw new IllegalArgumentException("a duration is negative");
    }
  }

  /** The most urgent there is. */
  static final int MAX_PRIORITY = 9;

  /** What a repeat is known by; null where it is not. */
  @Nullable String repeatKey(String submitterKey) {
    return key == null
        ? null
        : Names.scoped(sharedKey ? Names.user(submitterKey) : submitterKey, key);
  }

  /** True where a repeated key asks for the same work. */
  boolean sameWork(TaskSpec other) {
    return operation.equals(other.operation) && Arrays.equals(params, other.params);
  }
}
