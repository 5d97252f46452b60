package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import mutirao.core.task.TaskSpec;
import org.jspecify.annotations.Nullable;

/** What a submitter asks for in a test: the wire's defaults unless said otherwise. */
public final class Ask {
  private final String operation;
  private byte[] params = "{}".getBytes(UTF_8);
  private @Nullable String worker;
  private boolean fallback;
  private @Nullable String key;
  private boolean sharedKey;
  private int priority = 4;
  private @Nullable Long runAtMs;
  private long delayMs;
  private long timeoutMs = 60_000;
  private int maxAttempts = 3;
  private long backoffMs = 1000;
  private @Nullable Long expiresMs;
  private long keepMs = 3_600_000;
  private boolean quiet;

  private Ask(String operation) {
    this.operation = operation;
  }

  public static Ask to(String operation) {
    return new Ask(operation);
  }

  public Ask params(String json) {
    params = json.getBytes(UTF_8);
    return this;
  }

  public Ask on(String onlyWorker) {
    worker = onlyWorker;
    return this;
  }

  public Ask orElseAnywhere() {
    fallback = true;
    return this;
  }

  public Ask key(String wanted) {
    key = wanted;
    return this;
  }

  public Ask sharedKey(String wanted) {
    sharedKey = true;
    return key(wanted);
  }

  public Ask priority(int wanted) {
    priority = wanted;
    return this;
  }

  public Ask runAtMs(long wanted) {
    runAtMs = wanted;
    return this;
  }

  public Ask delayMs(long wanted) {
    delayMs = wanted;
    return this;
  }

  public Ask timeoutMs(long wanted) {
    timeoutMs = wanted;
    return this;
  }

  public Ask maxAttempts(int wanted) {
    maxAttempts = wanted;
    return this;
  }

  public Ask backoffMs(long wanted) {
    backoffMs = wanted;
    return this;
  }

  public Ask expiresMs(long wanted) {
    expiresMs = wanted;
    return this;
  }

  public Ask keepMs(long wanted) {
    keepMs = wanted;
    return this;
  }

  public Ask quietly() {
    quiet = true;
    return this;
  }

  public TaskSpec spec() {
    return new TaskSpec(
        operation,
        params,
        worker,
        fallback,
        key,
        sharedKey,
        priority,
        runAtMs,
        delayMs,
        timeoutMs,
        maxAttempts,
        backoffMs,
        expiresMs,
        keepMs,
        quiet,
        null);
  }
}
