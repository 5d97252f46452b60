package mutirao.core.oracle;

import mutirao.core.Event;
import mutirao.core.session.Names;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.TaskState;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/** One task as its submitter and its workers know it. */
final class KnownTask {
  final long id;
  final TaskSpec spec;
  final String submitterKey;
  final long expiresAtMs;
  TaskState state = TaskState.SCHEDULED;
  long notBeforeMs;
  int attempt;
  long worker;
  long lastWorker;
  @Nullable String workerKey;
  long signOfLifeMs;
  boolean revoked;
  boolean fallenBack;
  long endedAtMs;
  byte @Nullable [] result;
  byte @Nullable [] error;
  boolean told;

  KnownTask(Event.TaskAccepted accepted) {
    id = accepted.task();
    spec = accepted.spec();
    submitterKey = Names.key(accepted.submitter());
    notBeforeMs = accepted.notBeforeMs();
    expiresAtMs = accepted.expiresAtMs();
  }

  /** When something must have happened to it at the latest. */
  long overdueAtMs() {
    return switch (state) {
      case SCHEDULED -> Math.min(notBeforeMs, expiresAtMs);
      case QUEUED -> expiresAtMs;
      case RUNNING -> Math.min(Deadline.after(signOfLifeMs, spec.timeoutMs()), expiresAtMs);
      case DONE, FAILED, CANCELLED, EXPIRED -> forgottenAtMs();
    };
  }

  long forgottenAtMs() {
    return Deadline.after(endedAtMs, Math.max(1, spec.keepMs()));
  }

  boolean lastAttempt() {
    return attempt == spec.maxAttempts();
  }

  boolean timedOut(long nowMs) {
    return nowMs >= Deadline.after(signOfLifeMs, spec.timeoutMs());
  }

  /** Whether this session runs this attempt of it. */
  boolean isHeldBy(long session, int which) {
    return state == TaskState.RUNNING && worker == session && attempt == which;
  }

  /** Whether this worker may be given it. */
  boolean mayRunOn(Attendance.Somebody somebody) {
    String target = spec.worker();
    return somebody.canRun(spec.operation())
        && (target == null
            || fallenBack
            || Names.key(target).equals(Names.key(somebody.opened.name())));
  }

  void ends(TaskState how, long nowMs) {
    state = how;
    endedAtMs = nowMs;
    worker = 0;
  }
}
