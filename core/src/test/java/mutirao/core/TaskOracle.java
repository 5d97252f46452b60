package mutirao.core;

import static mutirao.core.Invariants.require;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * What a user may believe about tasks, kept as simply as can be: told of every command and what
 * came of it, it knows who may hold what and complains about anything a user would.
 */
public final class TaskOracle {

  private static final class Known {
    final TaskSpec spec;
    int attempt;
    long worker;
    long signOfLifeMs;
    long endedMs;

    Known(TaskSpec spec) {
      this.spec = spec;
    }
  }

  private final Map<Long, Known> tasks = new HashMap<>();
  private final Map<Long, Integer> slots = new HashMap<>();
  private final Map<Long, Integer> busy = new HashMap<>();
  private long nowMs;
  private byte @Nullable [] reported;

  /** Looks at one applied entry; throws an {@link AssertionError} where a promise was broken. */
  public void saw(Entry entry, Outcome outcome) {
    nowMs = Math.max(nowMs, entry.timeMs());
    boolean refused = outcome.reply() instanceof Refusal;
    reported = null;
    if (!refused && entry.command() instanceof Command.OpenSession open) {
      slots.put(entry.index(), open.slots());
    }
    if (!refused && entry.command() instanceof Command.CompleteTask complete) {
      reported = complete.result();
    }
    for (Event event : outcome.events()) {
      if (event instanceof Event.OfTask of) {
        saw(of);
      }
    }
    if (!refused) {
      accepted(entry.command());
    }
  }

  private void accepted(Command command) {
    switch (command) {
      case Command.CompleteTask complete -> mustHold(complete.task(), complete.attempt());
      case Command.FailTask fail -> mustHold(fail.task(), fail.attempt());
      case Command.RenewTask renew -> {
        mustHold(renew.task(), renew.attempt());
        known(renew.task()).signOfLifeMs = nowMs;
      }
      default -> {}
    }
  }

  private void saw(Event.OfTask event) {
    switch (event) {
      case Event.TaskAccepted accepted ->
          require(
              tasks.put(accepted.task(), new Known(accepted.spec())) == null, "an id came twice");
      case Event.TaskStarted started -> started(started);
      case Event.TaskQueued queued -> queued(queued);
      case Event.TaskRetryScheduled retry -> {
        Known task = known(retry.task());
        release(task);
        require(retry.notBeforeMs() - nowMs <= Limits.MAX_BACKOFF_MS, "the wait is too long");
      }
      case Event.TaskFinished finished -> finished(finished);
      case Event.TaskForgotten forgotten -> {
        Known task = known(forgotten.task());
        require(task.endedMs != 0, "a task was forgotten before its end");
        require(nowMs - task.endedMs >= task.spec.keepMs(), "a task was forgotten too early");
        tasks.remove(forgotten.task());
      }
      case Event.TaskRenewed _,
          Event.ResultsHandedOver _,
          Event.AttemptRevoked _,
          Event.WorkerDraining _ -> {}
    }
  }

  private void started(Event.TaskStarted started) {
    Known task = known(started.task());
    require(task.endedMs == 0, "a task runs after its end");
    require(task.worker == 0, "two workers have one task");
    require(started.attempt() == task.attempt + 1, "attempts do not count up");
    require(started.attempt() <= task.spec.maxAttempts(), "more attempts than asked for");
    task.attempt = started.attempt();
    task.worker = started.worker();
    task.signOfLifeMs = nowMs;
    int now = busy.merge(task.worker, 1, Integer::sum);
    require(now <= slots.getOrDefault(task.worker, 0), "a worker has more than its slots");
  }

  private void queued(Event.TaskQueued queued) {
    Known task = known(queued.task());
    if (queued.because() == Event.QueuedBecause.TIMED_OUT) {
      require(nowMs - task.signOfLifeMs >= task.spec.timeoutMs(), "timed out too early");
    }
    release(task);
  }

  private void finished(Event.TaskFinished finished) {
    Known task = known(finished.task());
    require(task.endedMs == 0, "a task ended twice");
    require(finished.state().ended(), "a task ended in a state that is no end");
    if (finished.state() == TaskState.DONE) {
      require(task.worker != 0, "a task is done that nobody had");
      require(Arrays.equals(finished.result(), reported), "the result is not what was reported");
    }
    task.endedMs = Math.max(1, nowMs);
    release(task);
  }

  private void release(Known task) {
    if (task.worker != 0) {
      busy.merge(task.worker, -1, Integer::sum);
      task.worker = 0;
    }
  }

  /** A report that was taken must be by the attempt that ran, or repeat one that was. */
  private void mustHold(long task, int attempt) {
    Known known = tasks.get(task);
    require(known == null || known.attempt == attempt, "a stale attempt was believed");
  }

  private Known known(long task) {
    Known known = tasks.get(task);
    if (known == null) {
      throw new AssertionError("task " + task + " came from nowhere");
    }
    return known;
  }
}
