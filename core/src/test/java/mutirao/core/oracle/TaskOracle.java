package mutirao.core.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.core.Invariants.require;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.session.Names;
import mutirao.core.task.Task;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/** What may be true of tasks: every change needs a reason, and every reason its change. */
final class TaskOracle {
  private final Attendance attendance;
  private final Map<Long, KnownTask> tasks = new LinkedHashMap<>();

  TaskOracle(Attendance attendance) {
    this.attendance = attendance;
  }

  void saw(Entry entry, Event event, long nowMs) {
    switch (event) {
      case Event.TaskAccepted accepted -> accepted(entry, accepted, nowMs);
      case Event.TaskQueued queued -> queued(known(queued.task()), queued.because(), nowMs);
      case Event.TaskStarted started -> started(known(started.task()), started, nowMs);
      case Event.TaskRetryScheduled retry -> retry(entry, known(retry.task()), retry, nowMs);
      case Event.TaskRenewed renewed -> {
        KnownTask task = known(renewed.task());
        require(
            switch (entry.command()) {
              case Command.RenewTask renew ->
                  renew.task() == task.id && task.isHeldBy(renew.session(), renew.attempt());
              case Command.ReportProgress report ->
                  report.task() == task.id && task.isHeldBy(report.session(), report.attempt());
              case Command.BeginTerm _ -> task.state == TaskState.RUNNING;
              default -> false;
            },
            "progress of nobody");
        task.signOfLifeMs = nowMs;
      }
      case Event.AttemptRevoked revoked -> {
        KnownTask task = known(revoked.task());
        require(task.isHeldBy(revoked.worker(), revoked.attempt()), "nobody has what is revoked");
        task.revoked = true;
      }
      case Event.TaskFinished finished -> finished(entry, known(finished.task()), finished, nowMs);
      case Event.ResultsHandedOver handed -> {
        Attendance.Somebody to = attendance.byId(handed.session());
        handed.tasks().forEach(id -> told(known(id), to));
      }
      case Event.TaskForgotten forgotten -> {
        KnownTask task = known(forgotten.task());
        require(task.state.ended(), "a task was forgotten before its end");
        require(nowMs >= task.forgottenAtMs(), "a task was forgotten too early");
        tasks.remove(task.id);
      }
      default -> {}
    }
  }

  private void accepted(Entry entry, Event.TaskAccepted accepted, long nowMs) {
    KnownTask task = new KnownTask(accepted);
    require(
        entry.command() instanceof Command.SubmitTask submit
            && submit.spec().equals(task.spec)
            && isCalled(submit.session(), task.submitterKey)
            && task.id == entry.index(),
        "a task nobody asked for");
    Long expiresMs = task.spec.expiresMs();
    require(
        task.expiresAtMs == (expiresMs == null ? Long.MAX_VALUE : nowMs + expiresMs),
        "a task expires at a wrong instant");
    Long runAtMs = task.spec.runAtMs();
    require(
        task.notBeforeMs == (runAtMs == null ? nowMs + task.spec.delayMs() : runAtMs),
        "a task begins at a wrong instant");
    require(tasks.put(task.id, task) == null, "an id came twice");
  }

  private void queued(KnownTask task, Event.QueuedBecause because, long nowMs) {
    boolean lost = attendance.byId(task.worker) == null;
    boolean due = task.state == TaskState.SCHEDULED && task.notBeforeMs <= nowMs;
    boolean running = task.state == TaskState.RUNNING;
    boolean right =
        switch (because) {
          case DUE -> due && !(task.spec.fallback() && targetIsGone(task));
          case WORKER_LOST -> running && lost && !task.lastAttempt();
          case TIMED_OUT -> running && task.timedOut(nowMs) && task.revoked && !task.lastAttempt();
          case FALLBACK ->
              task.spec.fallback()
                  && targetIsGone(task)
                  && (due || task.state == TaskState.QUEUED || (running && lost));
        };
    require(right, "task " + task.id + " was queued without a reason: " + because);
    task.fallenBack |= because == Event.QueuedBecause.FALLBACK;
    task.state = TaskState.QUEUED;
    task.worker = 0;
  }

  private boolean targetIsGone(KnownTask task) {
    String target = task.spec.worker();
    if (target == null || task.fallenBack) {
      return false;
    }
    Attendance.Somebody somebody = attendance.byName(target);
    return somebody == null || !somebody.canRun(task.spec.operation());
  }

  private void started(KnownTask task, Event.TaskStarted started, long nowMs) {
    Attendance.Somebody worker = attendance.byId(started.worker());
    require(task.state == TaskState.QUEUED, "what does not wait is started");
    require(started.attempt() == task.attempt + 1, "attempts do not count up");
    require(started.attempt() <= task.spec.maxAttempts(), "more attempts than asked for");
    require(
        worker != null && worker.connected() && !worker.draining && task.mayRunOn(worker),
        "a task is given to somebody who may not have it");
    require(worker == null || isFree(worker), "a worker has more than its slots");
    for (Attendance.Somebody other : attendance.all()) {
      boolean could = isFree(other) && task.mayRunOn(other) && task.lastWorker != idOf(other);
      require(worker == null || !could || load(other) >= load(worker), "somebody has less to do");
    }
    for (KnownTask other : tasks.values()) {
      require(
          worker == null
              || other.state != TaskState.QUEUED
              || other.spec.priority() <= task.spec.priority()
              || !other.mayRunOn(worker),
          "something more urgent waits");
    }
    task.state = TaskState.RUNNING;
    task.attempt = started.attempt();
    task.worker = started.worker();
    task.lastWorker = started.worker();
    task.workerKey = worker == null ? null : Names.key(worker.opened.name());
    task.signOfLifeMs = nowMs;
    task.revoked = false;
  }

  private boolean isFree(Attendance.Somebody worker) {
    return worker.connected() && !worker.draining && busy(worker) < worker.opened.slots();
  }

  private double load(Attendance.Somebody worker) {
    return (double) busy(worker) / worker.opened.slots();
  }

  private long busy(Attendance.Somebody worker) {
    return tasks.values().stream().filter(task -> task.worker == idOf(worker)).count();
  }

  private static long idOf(Attendance.Somebody somebody) {
    return somebody.opened.session();
  }

  private void retry(Entry entry, KnownTask task, Event.TaskRetryScheduled retry, long nowMs) {
    require(
        entry.command() instanceof Command.FailTask fail
            && fail.task() == task.id
            && task.isHeldBy(fail.session(), fail.attempt())
            && fail.retry()
            && !task.lastAttempt()
            && Arrays.equals(fail.error(), retry.error()),
        "a task is tried again without a reason");
    double plainMs = task.spec.backoffMs() * Math.pow(2, task.attempt - 1);
    long waitMs = retry.notBeforeMs() - nowMs;
    require(
        waitMs <= Limits.MAX_BACKOFF_MS
            && waitMs <= plainMs * 1.2
            && waitMs + 1 >= Math.min(plainMs, Limits.MAX_BACKOFF_MS) * 0.8,
        "the pause is too short or too long");
    task.state = TaskState.SCHEDULED;
    task.notBeforeMs = retry.notBeforeMs();
    task.worker = 0;
    task.error = retry.error();
  }

  private void finished(Entry entry, KnownTask task, Event.TaskFinished finished, long nowMs) {
    require(!task.state.ended(), "a task ended twice");
    boolean running = task.state == TaskState.RUNNING;
    boolean stopped = !running || task.revoked;
    boolean right =
        switch (finished.state()) {
          case DONE ->
              entry.command() instanceof Command.CompleteTask complete
                  && complete.task() == task.id
                  && task.isHeldBy(complete.session(), complete.attempt())
                  && Arrays.equals(complete.result(), finished.result());
          case FAILED -> running && failed(entry, task, finished, nowMs);
          case CANCELLED ->
              stopped
                  && entry.command() instanceof Command.CancelTask cancel
                  && cancel.task() == task.id
                  && mayCancel(cancel, task);
          case EXPIRED -> stopped && task.expiresAtMs <= nowMs;
          case SCHEDULED, QUEUED, RUNNING -> false;
        };
    require(right, "task " + task.id + " ended without a reason: " + finished.state());
    task.ends(finished.state(), nowMs);
    task.result = finished.result();
    task.error = finished.error() == null ? task.error : finished.error();
    Attendance.Somebody submitter = attendance.byName(task.submitterKey);
    boolean tell = submitter != null && submitter.connected() && !task.spec.quiet();
    require(tell == (finished.deliverTo() != 0), "a result is not told, or told to nobody");
    if (tell) {
      told(task, attendance.byId(finished.deliverTo()));
    }
  }

  private boolean failed(Entry entry, KnownTask task, Event.TaskFinished finished, long nowMs) {
    if (entry.command() instanceof Command.FailTask fail
        && fail.task() == task.id
        && task.isHeldBy(fail.session(), fail.attempt())
        && (!fail.retry() || task.lastAttempt())
        && Arrays.equals(fail.error(), finished.error())) {
      return true;
    }
    byte[] error = finished.error();
    String code = error == null ? "" : new String(error, UTF_8);
    boolean lost = code.contains("worker_lost") && attendance.byId(task.worker) == null;
    boolean slow = code.contains("timeout") && task.timedOut(nowMs) && task.revoked;
    return task.lastAttempt() && (lost || slow);
  }

  private void told(KnownTask task, Attendance.@Nullable Somebody to) {
    require(task.state.ended() && !task.spec.quiet(), "a result is told that should not be");
    require(!task.told, "a result is told twice");
    require(
        to != null && to.connected() && Names.key(to.opened.name()).equals(task.submitterKey),
        "a result is told to a stranger");
    task.told = true;
  }

  void answered(Entry entry, Reply reply, long nowMs, State state) {
    Refusal.Code refused = reply instanceof Refusal refusal ? refusal.code() : null;
    switch (entry.command()) {
      case Command.SubmitTask submit -> submitted(entry, submit, reply);
      case Command.CompleteTask complete -> {
        KnownTask task = tasks.get(complete.task());
        boolean won =
            task != null
                && task.state == TaskState.DONE
                && Arrays.equals(task.result, complete.result());
        reported(task, complete.session(), complete.attempt(), refused, won);
      }
      case Command.FailTask fail -> {
        KnownTask task = tasks.get(fail.task());
        boolean won = task != null && Arrays.equals(task.error, fail.error());
        reported(task, fail.session(), fail.attempt(), refused, won);
      }
      case Command.RenewTask renew -> {
        KnownTask task = tasks.get(renew.task());
        boolean counts =
            task != null
                && task.isHeldBy(renew.session(), renew.attempt())
                && task.signOfLifeMs == nowMs;
        require(counts || refused != null, "progress of nobody was believed");
        require(
            refused == null || task == null || !task.isHeldBy(renew.session(), renew.attempt()),
            "progress was refused");
      }
      case Command.CancelTask cancel -> {
        KnownTask task = tasks.get(cancel.task());
        boolean mine = task != null && mayCancel(cancel, task);
        require(
            refused != null || (mine && task != null && task.state == TaskState.CANCELLED),
            "cancelled and goes on");
        require(refused == null || !mine || task.state.ended(), "one's own task stays");
      }
      default -> {}
    }
    compare(nowMs, state);
  }

  private void submitted(Entry entry, Command.SubmitTask submit, Reply reply) {
    if (!(reply instanceof Reply.Accepted accepted)) {
      require(!tasks.containsKey(entry.index()), "what was refused was accepted all the same");
      return;
    }
    require(accepted.duplicate() == (accepted.task() != entry.index()), "a repeat or not");
    KnownTask task = tasks.get(accepted.task());
    require(
        task != null
            && task.spec.operation().equals(submit.spec().operation())
            && Arrays.equals(task.spec.params(), submit.spec().params())
            && (accepted.duplicate() || isCalled(submit.session(), task.submitterKey)),
        "another task was accepted");
    String key = submit.spec().key();
    Attendance.Somebody submitter = attendance.byId(submit.session());
    require(submitter != null, "nobody's task was accepted");
    String owner = keyOwner(submit.spec(), Names.key(submitter.opened.name()));
    List<Long> sameKey =
        tasks.values().stream()
            .filter(
                other ->
                    key != null
                        && key.equals(other.spec.key())
                        && keyOwner(other.spec, other.submitterKey).equals(owner))
            .map(other -> other.id)
            .toList();
    require(
        key == null ? !accepted.duplicate() : sameKey.equals(List.of(accepted.task())),
        "a key leads to two tasks");
  }

  /** Whose a key is: a name's, or what comes before its first full stop or hyphen. */
  private static String keyOwner(TaskSpec spec, String nameKey) {
    return spec.sharedKey() ? nameKey.split("[.-]", 2)[0] : nameKey;
  }

  private void reported(
      @Nullable KnownTask task,
      long session,
      int attempt,
      Refusal.@Nullable Code refused,
      boolean won) {
    boolean overloaded = refused == Refusal.Code.OVERLOADED;
    require(
        refused == null || overloaded || task == null || !task.isHeldBy(session, attempt),
        "a report that counts was refused");
    Attendance.Somebody reporter = attendance.byId(session);
    boolean its =
        task != null
            && task.attempt == attempt
            && reporter != null
            && Names.key(reporter.opened.name()).equals(task.workerKey);
    // What is due at once (no pause, nothing kept) may have happened within the same entry.
    boolean gone = task == null || task.attempt == attempt + 1;
    require(refused != null || (its && won) || gone, "a report that does not count was believed");
  }

  private boolean mayCancel(Command.CancelTask cancel, KnownTask task) {
    return cancel.session() == Command.CancelTask.BY_AN_ADMIN
        || attendance.owns(cancel.session(), task.submitterKey);
  }

  private boolean isCalled(long session, String nameKey) {
    Attendance.Somebody somebody = attendance.byId(session);
    return somebody != null && Names.key(somebody.opened.name()).equals(nameKey);
  }

  private void compare(long nowMs, State state) {
    require(tasks.size() == state.tasks().size(), "not the same tasks are known");
    for (KnownTask known : tasks.values()) {
      Task task = state.tasks().byId(known.id);
      String name = "task " + known.id;
      require(
          task != null
              && task.state() == known.state
              && task.attempt() == known.attempt
              && task.workerSession() == known.worker
              && Arrays.equals(task.result(), known.result)
              && Arrays.equals(task.error(), known.error),
          name + " is not what the events said");
      require(
          known.state != TaskState.RUNNING
              || (task != null && task.renewedAtMs() == known.signOfLifeMs),
          name + "'s progress was not written down");
      require(known.overdueAtMs() > nowMs, name + " is overdue");
      require(
          known.state != TaskState.QUEUED || !known.spec.fallback() || !targetIsGone(known),
          name + " waits for a worker that is gone");
      Attendance.Somebody submitter = attendance.byName(known.submitterKey);
      boolean mustKnow = known.state.ended() && !known.spec.quiet();
      require(
          !mustKnow || known.told || submitter == null || !submitter.connected(),
          "nobody told how " + name + " ended");
      require(known.worker == 0 || attendance.byId(known.worker) != null, name + " is nobody's");
    }
  }

  private KnownTask known(long task) {
    KnownTask known = tasks.get(task);
    if (known == null) {
      throw new AssertionError("task " + task + " came from nowhere");
    }
    return known;
  }
}
