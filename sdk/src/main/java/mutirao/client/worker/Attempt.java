package mutirao.client.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;
import mutirao.client.request.Payload;
import mutirao.client.session.Session;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** One attempt on its own virtual thread, from the task's frame to its outcome. */
final class Attempt implements TaskContext {
  private static final Logger LOG = System.getLogger("mutirao.client");

  /** Which attempt of which task. */
  record Key(String task, int attempt) {}

  /** How it ended: exactly one of the two is set. */
  record Outcome(@Nullable RawJson result, @Nullable OperationException error) {}

  private final Attempts attempts;
  private final Session session;
  private final ServerFrame.Task task;
  private final Params params;
  private final Thread thread;
  private volatile boolean cancelled;

  Attempt(Attempts attempts, Session session, ServerFrame.Task task) {
    this.attempts = attempts;
    this.session = session;
    this.task = task;
    this.params = new Params(task.params());
    this.thread = Thread.ofVirtual().name("mutirao-task " + task.task()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void cancel() {
    cancelled = true;
    thread.interrupt();
  }

  Key key() {
    return new Key(task.task(), task.attempt());
  }

  private void run() {
    MutiraoWorker.Observer observer = attempts.observer();
    long beganNs = System.nanoTime();
    tell(() -> observer.started(this));
    Outcome outcome = outcome(attempts.operation(task.operation()));
    // A late interrupt must not hit the reporting.
    boolean _ = Thread.interrupted();
    Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
    boolean wanted = attempts.finished(this, outcome);
    tell(
        () -> {
          if (!wanted) {
            observer.cancelled(this, took);
          } else if (outcome.error != null) {
            observer.failed(this, outcome.error, took);
          } else if (outcome.result != null) {
            observer.done(this, outcome.result, took);
          }
        });
  }

  @SuppressWarnings("InterruptedExceptionSwallowed") // The thread ends here anyway.
  private Outcome outcome(@Nullable Operation operation) {
    try {
      if (operation == null) {
        throw new OperationException(
            ErrorCode.UNSUPPORTED_OPERATION.wireName(),
            "this worker does not know '" + task.operation() + "'",
            true);
      }
      return new Outcome(payload(operation.run(this)), null);
    } catch (OperationException e) {
      return new Outcome(null, e);
    } catch (Throwable e) {
      // Whatever it is, it is this attempt's failure, and the worker goes on with the others.
      return new Outcome(
          null, new OperationException(OperationException.ERROR, describe(e), true, e));
    }
  }

  private static RawJson payload(@Nullable Object value) throws OperationException {
    try {
      return Payload.of(value);
    } catch (IllegalArgumentException e) {
      throw new OperationException(
          OperationException.ERROR, "the result has no JSON form: " + e.getMessage(), false, e);
    }
  }

  private static String describe(Throwable e) {
    String message = e.getMessage();
    String type = e.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a worker's observer failed", e);
    }
  }

  @Override
  public String taskId() {
    return task.task();
  }

  @Override
  public int attempt() {
    return task.attempt();
  }

  @Override
  public String operation() {
    return task.operation();
  }

  @Override
  public String submitter() {
    return task.submitter();
  }

  @Override
  public @Nullable String traceparent() {
    return task.traceparent();
  }

  @Override
  public Duration timeout() {
    return Duration.ofMillis(task.timeoutMs());
  }

  @Override
  public RawJson rawParams() {
    return params.raw();
  }

  @Override
  public @Nullable Object params() {
    return params.value();
  }

  @Override
  public Map<String, @Nullable Object> fields() throws OperationException {
    return params.fields();
  }

  @Override
  public String text(String field) throws OperationException {
    return params.text(field);
  }

  @Override
  public BigDecimal number(String field) throws OperationException {
    return params.number(field);
  }

  @Override
  public List<BigDecimal> numbers(String field) throws OperationException {
    return params.numbers(field);
  }

  @Override
  public void progress(double percent, @Nullable String message) {
    RawJson number = Payload.of(Math.clamp(percent, 0.0, 100.0));
    sendProgress(number, message == null ? null : Payload.note(message));
  }

  @Override
  public void keepAlive() {
    sendProgress(null, null);
  }

  private void sendProgress(@Nullable RawJson percent, @Nullable RawJson message) {
    if (!cancelled) {
      session.sendIfIdle(
          new ClientFrame.Progress(null, task.task(), task.attempt(), percent, message));
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }
}
