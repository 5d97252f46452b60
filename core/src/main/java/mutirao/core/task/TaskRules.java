package mutirao.core.task;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.Event.QueuedBecause;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Step;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRules;
import mutirao.core.time.Backoff;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * From submit to expire. A report counts only if it carries the attempt that runs now, on the
 * worker that has it.
 */
public final class TaskRules {
  private static final byte[] WORKER_LOST =
      error("worker_lost", "the worker was lost while the task ran");
  private static final byte[] TIMED_OUT =
      error("timeout", "the attempt showed no progress within its time");
  private static final byte[] CANCELLED = error("cancelled", "cancelled by its submitter");
  private static final byte[] EXPIRED = error("expired", "not finished within its time");

  private static final Refusal UNKNOWN = new Refusal(Refusal.Code.UNKNOWN_TASK, null, "task", 0);
  private static final Refusal STALE = new Refusal(Refusal.Code.STALE_ATTEMPT, null, "attempt", 0);
  private static final Refusal NO_ROOM =
      new Refusal(Refusal.Code.OVERLOADED, null, null, Limits.OVERLOADED_RETRY_MS);

  private TaskRules() {}

  /** Accepts a task, unless its key is known, its worker is not, or there is no room. */
  public static Reply submit(Step step, Command.SubmitTask submit) {
    Session session = step.state().sessions().byId(submit.session());
    if (session == null) {
      return SessionRules.GONE;
    }
    TaskSpec spec = submit.spec();
    Tasks tasks = step.state().tasks();
    String repeatKey = spec.repeatKey(session.nameKey());
    Task same = repeatKey == null ? null : tasks.byKey(repeatKey);
    if (same != null) {
      return same.spec().sameWork(spec)
          ? new Reply.Accepted(same.id(), same.state(), true, tasks.waitingForWorker(same))
          : new Refusal(Refusal.Code.KEY_REUSED, spec.key(), "key", 0);
    }
    Refusal refusal = refusalOf(step, session, spec);
    if (refusal != null) {
      return refusal;
    }
    long nowMs = step.nowMs();
    long notBeforeMs =
        spec.runAtMs() != null ? spec.runAtMs() : Deadline.after(nowMs, spec.delayMs());
    long expiresAtMs =
        spec.expiresMs() == null ? Deadline.NEVER : Deadline.after(nowMs, spec.expiresMs());
    long id = step.index();
    step.emit(new Event.TaskAccepted(id, session.name(), spec, notBeforeMs, expiresAtMs, nowMs));
    if (notBeforeMs > nowMs) {
      return new Reply.Accepted(id, TaskState.SCHEDULED, false, false);
    }
    step.emit(new Event.TaskQueued(id, QueuedBecause.DUE));
    Task task = Objects.requireNonNull(tasks.byId(id));
    boolean waitingForWorker = tasks.waitingForWorker(task);
    Assignment.assign(step, task);
    return new Reply.Accepted(id, TaskState.QUEUED, false, waitingForWorker);
  }

  private static @Nullable Refusal refusalOf(Step step, Session session, TaskSpec spec) {
    Tasks tasks = step.state().tasks();
    if (spec.worker() != null) {
      Worker worker = tasks.workerNamed(spec.worker());
      if (worker == null) {
        return new Refusal(Refusal.Code.UNKNOWN_WORKER, spec.worker(), "worker", 0);
      }
      if (!worker.knows(spec.operation())) {
        return new Refusal(Refusal.Code.UNSUPPORTED_OPERATION, spec.operation(), "operation", 0);
      }
    }
    boolean full =
        tasks.size() >= step.state().settings().maxTasks()
            || noRoomFor(step, spec.params(), Limits.PAYLOAD_PERCENT_FOR_SUBMITS)
            || overItsShare(step, session, spec);
    return full
        ? new Refusal(Refusal.Code.OVERLOADED, spec.operation(), null, Limits.OVERLOADED_RETRY_MS)
        : null;
  }

  private static boolean noRoomFor(Step step, byte[] payload, int percent) {
    return payload.length > bytesLeft(step, percent);
  }

  private static long bytesLeft(Step step, int percent) {
    long mostBytes = step.state().settings().maxPayloadBytes() / 100 * percent;
    return mostBytes - step.state().tasks().payloadBytes();
  }

  /**
   * Nobody may have more than is left for all others: whoever floods is stopped at half, and
   * everybody else still gets in. Without users nobody can be told from anybody.
   */
  private static boolean overItsShare(Step step, Session session, TaskSpec spec) {
    Tasks tasks = step.state().tasks();
    return !step.state().accounts().isEmpty()
        && tasks
            .holdings()
            .of(session.nameKey())
            .isFull(
                step.state().settings().maxTasks() - tasks.size(),
                bytesLeft(step, Limits.PAYLOAD_PERCENT_FOR_SUBMITS),
                spec.params().length);
  }

  /**
   * A worker finished an attempt well. A repeat of the report that won is answered as the first one
   * was.
   */
  public static Reply complete(Step step, Command.CompleteTask complete) {
    Task task = step.state().tasks().byId(complete.task());
    if (task == null) {
      return UNKNOWN;
    }
    if (!holds(task, complete.session(), complete.attempt())) {
      boolean again =
          task.state() == TaskState.DONE
              && Arrays.equals(task.result(), complete.result())
              && reportedBy(step, task, complete.session(), complete.attempt());
      return again ? Reply.DONE : STALE;
    }
    if (noRoomFor(step, complete.result(), 100)) {
      return NO_ROOM;
    }
    finish(step, task, TaskState.DONE, complete.result(), null);
    return Reply.DONE;
  }

  /** A worker could not finish an attempt. */
  public static Reply fail(Step step, Command.FailTask fail) {
    Task task = step.state().tasks().byId(fail.task());
    if (task == null) {
      return UNKNOWN;
    }
    if (!holds(task, fail.session(), fail.attempt())) {
      boolean again =
          (task.state() == TaskState.FAILED || task.state() == TaskState.SCHEDULED)
              && Arrays.equals(task.error(), fail.error())
              && reportedBy(step, task, fail.session(), fail.attempt());
      return again ? Reply.DONE : STALE;
    }
    if (noRoomFor(step, fail.error(), 100)) {
      return NO_ROOM;
    }
    if (!fail.retry() || task.attempt() >= task.spec().maxAttempts()) {
      finish(step, task, TaskState.FAILED, null, fail.error());
      return Reply.DONE;
    }
    long waitMs = Backoff.waitMs(task.spec().backoffMs(), task.attempt(), step.chance(task.id()));
    step.emit(new Event.TaskRetryScheduled(task.id(), step.nowMs() + waitMs, fail.error()));
    fillWorker(step, fail.session());
    return Reply.DONE;
  }

  /** A worker shows that an attempt is alive. */
  public static Reply renew(Step step, Command.RenewTask renew) {
    return renew(step, renew.session(), renew.task(), renew.attempt());
  }

  /** A worker shows that an attempt is alive, and how far it is. */
  public static Reply progress(Step step, Command.ReportProgress report) {
    Reply reply = renew(step, report.session(), report.task(), report.attempt());
    if (reply instanceof Reply.Done) {
      step.emit(
          new Event.TaskProgressed(
              report.task(), report.attempt(), report.percent(), report.message()));
    }
    return reply;
  }

  private static Reply renew(Step step, long session, long id, int attempt) {
    Task task = step.state().tasks().byId(id);
    if (task == null) {
      return UNKNOWN;
    }
    if (!holds(task, session, attempt)) {
      return STALE;
    }
    step.emit(new Event.TaskRenewed(id, step.nowMs()));
    return Reply.DONE;
  }

  /** Gives every running attempt its full time again. */
  public static Reply renewAll(Step step) {
    for (Worker worker : step.state().tasks().workers()) {
      for (Task task : worker.running()) {
        step.emit(new Event.TaskRenewed(task.id(), step.nowMs()));
      }
    }
    return Reply.DONE;
  }

  /** The submitter no longer wants a task; anybody else is told that there is none. */
  public static Reply cancel(Step step, Command.CancelTask cancel) {
    Task task = step.state().tasks().byId(cancel.task());
    if (cancel.session() != Command.CancelTask.BY_AN_ADMIN) {
      Session session = step.state().sessions().byId(cancel.session());
      if (session == null) {
        return SessionRules.GONE;
      }
      if (task != null
          && !step.state().accounts().owns(session, task.submitterKey(), step.nowMs())) {
        return UNKNOWN;
      }
    }
    if (task == null) {
      return UNKNOWN;
    }
    if (task.state().ended()) {
      return new Refusal(Refusal.Code.FINISHED_ALREADY, null, "task", 0);
    }
    revokeAndFinish(step, task, TaskState.CANCELLED, CANCELLED);
    return Reply.DONE;
  }

  /** A worker wants no more. */
  public static Reply drain(Step step, Command.DrainWorker drain) {
    Worker worker = step.state().tasks().worker(drain.session());
    if (worker == null) {
      return SessionRules.GONE;
    }
    if (!worker.draining()) {
      step.emit(new Event.WorkerDraining(drain.session()));
    }
    return new Reply.Draining(worker.busy());
  }

  /** The next instant of a task has come. */
  public static void due(Step step, Task task) {
    if (task.state().ended()) {
      step.emit(new Event.TaskForgotten(task.id()));
    } else if (task.expiresAtMs() <= step.nowMs()) {
      revokeAndFinish(step, task, TaskState.EXPIRED, EXPIRED);
    } else if (task.state() == TaskState.RUNNING) {
      timeOut(step, task);
    } else {
      boolean freed = task.spec().fallback() && step.state().tasks().targetGone(task);
      QueuedBecause because = freed ? QueuedBecause.FALLBACK : QueuedBecause.DUE;
      step.emit(new Event.TaskQueued(task.id(), because));
      Assignment.assign(step, task);
    }
  }

  /** Somebody is (again) there: results that waited for the name, and work for a worker. */
  public static void welcome(Step step, long session) {
    Session arrived = Objects.requireNonNull(step.state().sessions().byId(session));
    handOver(step, arrived);
    fillWorker(step, session);
  }

  /** Hands over results that waited for a name, a portion of them if they are many. */
  public static void handOver(Step step, Session session) {
    Owner owner = step.state().tasks().owner(session.nameKey());
    List<Task> portion = owner == null ? List.of() : owner.portion(step.nowMs());
    if (owner != null && !portion.isEmpty()) {
      boolean more = owner.waiting() > portion.size();
      long nextAtMs = more ? Deadline.after(step.nowMs(), Limits.RESULTS_PAUSE_MS) : 0;
      List<Long> ids = portion.stream().map(Task::id).toList();
      step.emit(new Event.ResultsHandedOver(session.id(), ids, nextAtMs));
    }
  }

  /** What runs on a session, most urgent first; to be asked before it ends. */
  public static List<Task> runningOn(Step step, Session session) {
    Worker worker = step.state().tasks().worker(session.id());
    if (worker == null) {
      return List.of();
    }
    List<Task> running = new ArrayList<>(worker.running());
    running.sort(Assignment::compare);
    return running;
  }

  /** Queues what a lost worker had, or ends it after its last attempt. */
  public static void giveBack(Step step, List<Task> lost) {
    // From behind, because each goes to the front of its queue.
    for (Task task : lost.reversed()) {
      if (task.attempt() >= task.spec().maxAttempts()) {
        finish(step, task, TaskState.FAILED, null, WORKER_LOST);
      } else {
        boolean freed = task.targetKey() != null && task.spec().fallback();
        QueuedBecause because = freed ? QueuedBecause.FALLBACK : QueuedBecause.WORKER_LOST;
        step.emit(new Event.TaskQueued(task.id(), because));
      }
    }
    for (Task task : lost) {
      Assignment.assign(step, task);
    }
  }

  /** A worker is gone: the next of those that waited for it alone may run anywhere. */
  public static void free(Step step, TaskQueue queue) {
    Task task = queue.first();
    if (task != null) {
      step.emit(new Event.TaskQueued(task.id(), QueuedBecause.FALLBACK));
      Assignment.assign(step, task);
    }
  }

  private static void timeOut(Step step, Task task) {
    if (task.attempt() >= task.spec().maxAttempts()) {
      revokeAndFinish(step, task, TaskState.FAILED, TIMED_OUT);
      return;
    }
    long worker = task.workerSession();
    step.emit(new Event.AttemptRevoked(worker, task.id(), task.attempt()));
    step.emit(new Event.TaskQueued(task.id(), QueuedBecause.TIMED_OUT));
    // Rather to somebody else; and the free slot to whatever is most urgent, be it this one again.
    Assignment.assignElsewhere(step, task, worker);
    fillWorker(step, worker);
  }

  private static void revokeAndFinish(Step step, Task task, TaskState end, byte[] error) {
    if (task.state() == TaskState.RUNNING) {
      step.emit(new Event.AttemptRevoked(task.workerSession(), task.id(), task.attempt()));
    }
    finish(step, task, end, null, error);
  }

  private static void finish(
      Step step, Task task, TaskState end, byte @Nullable [] result, byte @Nullable [] error) {
    long worker = task.workerSession();
    Session submitter = step.state().sessions().byNameKey(task.submitterKey());
    long deliverTo =
        submitter != null && submitter.connected() && !task.spec().quiet() ? submitter.id() : 0;
    step.emit(new Event.TaskFinished(task.id(), end, result, error, deliverTo, step.nowMs()));
    fillWorker(step, worker);
  }

  private static void fillWorker(Step step, long session) {
    Worker worker = step.state().tasks().worker(session);
    if (worker != null) {
      Assignment.fill(step, worker);
    }
  }

  private static boolean holds(Task task, long session, int attempt) {
    return task.state() == TaskState.RUNNING
        && task.attempt() == attempt
        && task.workerSession() == session;
  }

  private static boolean reportedBy(Step step, Task task, long session, int attempt) {
    Session reporter = step.state().sessions().byId(session);
    return reporter != null
        && task.attempt() == attempt
        && task.workerName() != null
        && Names.key(task.workerName()).equals(reporter.nameKey());
  }

  private static byte[] error(String code, String message) {
    return ("{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}").getBytes(US_ASCII);
  }
}
