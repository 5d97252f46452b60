package mutirao.client;

import java.time.Duration;
import java.time.Instant;
import mutirao.client.request.Payload;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * A task to be handed in: {@code TaskRequest.of("sum").params(Map.of("numbers", List.of(1, 2)))}.
 * Each method changes this request and returns it; what it holds at the submit counts. The server
 * checks the values. Not thread-safe.
 */
public final class TaskRequest {
  private final String operation;
  private RawJson params = RawJson.EMPTY_OBJECT;
  private @Nullable String worker;
  private boolean fallback;
  private @Nullable String key;
  private int priority = Limits.DEFAULT_PRIORITY;
  private @Nullable Long delayMs;
  private @Nullable Long runAt;
  private long timeoutMs = Limits.DEFAULT_TIMEOUT_MS;
  private int maxAttempts = Limits.DEFAULT_MAX_ATTEMPTS;
  private long backoffMs = Limits.DEFAULT_BACKOFF_MS;
  private @Nullable Long expiresMs;
  private long keepMs = Limits.DEFAULT_KEEP_MS;
  private boolean quiet;
  private @Nullable String traceparent;

  private TaskRequest(String operation) {
    this.operation = operation;
  }

  /** A task for this operation with no params, for any worker, now. */
  public static TaskRequest of(String operation) {
    return new TaskRequest(operation);
  }

  /**
   * What the operation gets: any value {@link Json#write} takes; {@link Json#of} turns JSON text
   * into one.
   *
   * @throws IllegalArgumentException where a part of it has no JSON form
   */
  public TaskRequest params(@Nullable Object value) {
    params = Payload.of(value);
    return this;
  }

  /** Run on this worker only; it must be connected and know the operation. */
  public TaskRequest worker(String name) {
    worker = name;
    return this;
  }

  /** Once the worker named with {@link #worker} is gone, any other may run it. */
  public TaskRequest fallback(boolean wanted) {
    fallback = wanted;
    return this;
  }

  /**
   * Idempotency key: submitting the same again under the same key, by the same name, while the task
   * is kept, yields the same task. Without one the client makes one up for each submit, which
   * protects its own resends only.
   */
  public TaskRequest key(String idempotencyKey) {
    key = idempotencyKey;
    return this;
  }

  /** 0 (last) to 9 (first); 4 unless said. */
  public TaskRequest priority(int zeroToNine) {
    priority = zeroToNine;
    return this;
  }

  /** Not before this much time has passed; replaces {@link #runAt}. */
  public TaskRequest delay(Duration delay) {
    runAt = null;
    delayMs = delay.toMillis();
    return this;
  }

  /** Not before this instant, by the server's clock; replaces {@link #delay}. */
  public TaskRequest runAt(Instant instant) {
    delayMs = null;
    runAt = instant.toEpochMilli();
    return this;
  }

  /** One attempt may take this long without progress; a minute unless said. */
  public TaskRequest timeout(Duration timeout) {
    timeoutMs = timeout.toMillis();
    return this;
  }

  /** Attempts before the task is failed; 3 unless said. */
  public TaskRequest maxAttempts(int attempts) {
    maxAttempts = attempts;
    return this;
  }

  /**
   * The wait after the first failed attempt, doubled after each further one; a second unless said.
   */
  public TaskRequest backoff(Duration backoff) {
    backoffMs = backoff.toMillis();
    return this;
  }

  /** Not finished within this time: the task is expired. Never unless said. */
  public TaskRequest expires(Duration within) {
    expiresMs = within.toMillis();
    return this;
  }

  /** How long the finished task is kept; an hour unless said. */
  public TaskRequest keep(Duration keep) {
    keepMs = keep.toMillis();
    return this;
  }

  /** No result is pushed; {@link MutiraoClient#query} finds it. */
  public TaskRequest quiet(boolean wanted) {
    quiet = wanted;
    return this;
  }

  /** The trace it belongs to, as W3C Trace Context writes it; the worker is told. */
  public TaskRequest traceparent(String trace) {
    traceparent = trace;
    return this;
  }

  /** The operation's name. */
  public String operation() {
    return operation;
  }

  /** Whether the caller chose a key. */
  public boolean hasKey() {
    return key != null;
  }

  /** Whether no result is to be pushed. */
  public boolean isQuiet() {
    return quiet;
  }

  /**
   * The frame, for the client's own use.
   *
   * @param madeUpKey the key where the caller chose none
   */
  public ClientFrame.Submit toFrame(RawJson ref, String madeUpKey) {
    return new ClientFrame.Submit(
        ref,
        operation,
        params,
        worker,
        fallback,
        key == null ? madeUpKey : key,
        priority,
        delayMs,
        runAt,
        timeoutMs,
        maxAttempts,
        backoffMs,
        expiresMs,
        keepMs,
        quiet,
        traceparent);
  }
}
