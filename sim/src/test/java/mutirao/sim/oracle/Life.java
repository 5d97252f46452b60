package mutirao.sim.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.sim.world.BrokenPromise.unless;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.core.task.Worker;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Tally;
import org.jspecify.annotations.Nullable;

/** The life of one task inside the machine, looked at after every event. */
final class Life {
  private final Job job;
  private @Nullable TaskState state;
  private int attempt;
  private long worker;
  private long renewedAtMs;
  private long progressSaidMs;
  private long progressToldMs;
  private long endedAtMs;
  private byte @Nullable [] result;
  private boolean endedUnheard;
  private boolean forgotten;
  private boolean waitedForItsWorker;
  private final Set<Integer> timedOut = new HashSet<>();

  Life(Job job) {
    this.job = job;
  }

  boolean ended() {
    return forgotten || (state != null && state.ended());
  }

  boolean forgotten() {
    return forgotten;
  }

  /** Whether it ended when nobody was there to be told, and is kept until somebody is. */
  boolean owesItsEnd() {
    return endedUnheard && !forgotten;
  }

  /** Whether this attempt was taken away because it showed no progress. */
  boolean timedOut(int which) {
    return timedOut.contains(which);
  }

  long endedAtMs() {
    return endedAtMs;
  }

  @Nullable TaskState state() {
    return state;
  }

  /** A renewal of an attempt is in the log; it counts unless the attempt's time was over. */
  void renewed(int which, long timeMs) {
    if (state == TaskState.RUNNING
        && which == attempt
        && timeMs < renewedAtMs + job.asked.timeoutMs()) {
      renewedAtMs = Math.max(renewedAtMs, timeMs);
    }
  }

  /** A renewal of whatever attempt runs is in the log. */
  void renewed(long timeMs) {
    renewed(attempt, timeMs);
  }

  /** The server passed progress on: it heard it after it was said and before it told it. */
  void progressed(int which, long saidMs, long toldMs) {
    if (state == TaskState.RUNNING && which == attempt) {
      progressSaidMs = saidMs;
      progressToldMs = toldMs;
    }
  }

  /** It was over before anybody could look. */
  void vanished() {
    forgotten = true;
    unless(job.asked.keepMs() == 0, "an accepted task is known until keep_ms after its end:", job);
  }

  /** Compares with the machine; {@code task} null where it does not know the task. */
  void look(Look look, @Nullable Task task) {
    if (forgotten) {
      unless(task == null, "what is forgotten stays forgotten:", job);
    } else if (task == null) {
      forget(look);
    } else {
      if (state != null && state.ended()) {
        unless(
            state == task.state()
                && endedAtMs == task.finishedAtMs()
                && Arrays.equals(result, task.result()),
            "a task ends once:",
            job,
            state,
            task.state());
      } else {
        goesOn(look, task);
      }
    }
  }

  private void forget(Look look) {
    forgotten = true;
    boolean kept = state != null && !state.ended();
    unless(
        job.asked.keepMs() == 0
            || (!kept && look.truth().nowMs() >= endedAtMs + job.asked.keepMs()),
        "an accepted task is known until keep_ms after its end:",
        job,
        state);
    look.tally().met(Sometimes.TASK_FORGOTTEN_AFTER_KEEP);
  }

  private void goesOn(Look look, Task task) {
    State truth = look.truth();
    Tally tally = look.tally();
    unless(task.attempt() >= attempt, "attempts count up:", job, attempt, task.attempt());
    unless(task.attempt() <= job.asked.maxAttempts(), "attempts are bounded:", job, task.attempt());
    boolean sameAttempt = state == TaskState.RUNNING && task.attempt() == attempt;
    boolean attemptOver = state == TaskState.RUNNING && !(sameAttempt && runs(task));
    if (attemptOver) {
      attemptOver(look, task);
    }
    if (task.state().ended()) {
      ended(look, task);
    } else {
      notOverdue(truth, task);
    }
    if (runs(task)) {
      held(truth, task, tally);
    }
    waiting(truth, task, tally);
    state = task.state();
    attempt = task.attempt();
    worker = task.workerSession();
  }

  private static boolean runs(Task task) {
    return task.state() == TaskState.RUNNING;
  }

  private void attemptOver(Look look, Task task) {
    State truth = look.truth();
    Tally tally = look.tally();
    long slackMs = look.slackMs();
    boolean goesBack = task.state() == TaskState.QUEUED || runs(task);
    boolean lost = truth.sessions().byId(worker) == null;
    if (goesBack && job.mayHaveFailed(attempt)) {
      // It failed, and its pause was over within the same batch.
      return;
    }
    boolean byTimeout =
        (goesBack && !lost) || (task.state() == TaskState.FAILED && says(task, "\"timeout\""));
    if (byTimeout) {
      timedOut.add(attempt);
      unless(
          truth.nowMs() >= renewedAtMs + job.asked.timeoutMs(),
          "an attempt has its whole time since the last progress:",
          job,
          "renewed",
          renewedAtMs,
          "timed out",
          truth.nowMs());
      // The log need not hear of all progress, but of some once a third of the time is over.
      long unheardMs = progressSaidMs - renewedAtMs - job.asked.timeoutMs() / 3;
      unless(
          unheardMs <= slackMs || truth.nowMs() - progressToldMs <= slackMs,
          "progress keeps an attempt alive:",
          job,
          "renewed",
          renewedAtMs,
          "progress said",
          progressSaidMs,
          "and told",
          progressToldMs,
          "timed out",
          truth.nowMs());
    } else if (goesBack) {
      tally.met(Sometimes.TASK_OF_A_DEAD_WORKER_RAN_AGAIN);
    } else if (task.state() == TaskState.SCHEDULED) {
      tally.met(Sometimes.RETRY_AFTER_FAILURE);
    }
  }

  private void held(State truth, Task task, Tally tally) {
    if (state != TaskState.RUNNING || task.attempt() != attempt) {
      renewedAtMs = task.startedAtMs();
    }
    Worker holder = truth.tasks().worker(task.workerSession());
    unless(
        holder != null
            && truth.sessions().byId(task.workerSession()) != null
            && holder.running().contains(task),
        "a running task is in the hands of a worker that is there:",
        job);
    if (truth.nowMs() > task.startedAtMs() + job.asked.timeoutMs()) {
      tally.met(Sometimes.PROGRESS_KEPT_AN_ATTEMPT_ALIVE);
    }
  }

  /** What was due has happened. */
  private void notOverdue(State truth, Task task) {
    Long expiresMs = job.asked.expiresMs();
    unless(
        expiresMs == null || task.acceptedAtMs() + expiresMs > truth.nowMs(),
        "what has an end ends:",
        job);
    unless(
        !runs(task) || task.renewedAtMs() + job.asked.timeoutMs() > truth.nowMs(),
        "an attempt without progress times out:",
        job);
    unless(
        task.state() != TaskState.SCHEDULED || task.notBeforeMs() >= truth.nowMs(),
        "what waits for an instant goes on then:",
        job);
  }

  private void waiting(State truth, Task task, Tally tally) {
    if (task.state() != TaskState.QUEUED) {
      if (waitedForItsWorker && runs(task)) {
        tally.met(Sometimes.TARGETED_TASK_WAITED_FOR_ITS_WORKER);
      }
      waitedForItsWorker = false;
      return;
    }
    String target = job.asked.worker();
    boolean anybody = target == null || task.targetKey() == null;
    if (target != null && anybody) {
      tally.met(Sometimes.FALLBACK_FREED);
    }
    waitedForItsWorker |= !anybody && truth.tasks().waitingForWorker(task);
    for (Worker able : truth.tasks().workers()) {
      boolean may = anybody || Fold.same(String.valueOf(target), able.session().name());
      unless(
          !may || !able.free() || !able.knows(job.asked.operation()),
          "no task waits while a worker that may run it is free:",
          job,
          able.session().name());
    }
  }

  private void ended(Look look, Task task) {
    Tally tally = look.tally();
    endedUnheard = look.away(task.submitter());
    endedAtMs = task.finishedAtMs();
    result = task.result();
    boolean ran = state == TaskState.RUNNING;
    switch (task.state()) {
      case EXPIRED -> {
        Long expiresMs = job.asked.expiresMs();
        unless(
            expiresMs != null && endedAtMs >= task.acceptedAtMs() + expiresMs,
            "nothing expires too early:",
            job);
        tally.met(ran ? Sometimes.EXPIRY_WHILE_RUNNING : Sometimes.EXPIRY_WHILE_WAITING);
      }
      case CANCELLED ->
          tally.met(ran ? Sometimes.CANCEL_WHILE_RUNNING : Sometimes.CANCEL_WHILE_WAITING);
      case FAILED -> {
        if (says(task, "\"worker_lost\"")) {
          tally.met(Sometimes.WORKER_LOST_WITH_ATTEMPTS_USED_UP);
        } else if (says(task, "\"timeout\"")) {
          tally.met(Sometimes.TIMED_OUT_WITH_ATTEMPTS_USED_UP);
        }
      }
      case DONE, SCHEDULED, QUEUED, RUNNING -> {}
    }
  }

  private static boolean says(Task task, String code) {
    byte[] error = task.error();
    return error != null && new String(error, UTF_8).contains(code);
  }
}
