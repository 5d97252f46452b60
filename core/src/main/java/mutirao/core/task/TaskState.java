package mutirao.core.task;

/** Where a task is in its life. A task is in exactly one state; an ended one never leaves it. */
public enum TaskState {
  /** Waits for an instant: a delay, or the pause before another attempt. */
  SCHEDULED,
  /** Waits for a worker with a free slot. */
  QUEUED,
  /** A worker has it. */
  RUNNING,
  DONE,
  FAILED,
  CANCELLED,
  EXPIRED;

  /** True where the task has ended. */
  public boolean ended() {
    return switch (this) {
      case SCHEDULED, QUEUED, RUNNING -> false;
      case DONE, FAILED, CANCELLED, EXPIRED -> true;
    };
  }

  /** Whether {@code next} may follow this state. */
  public boolean mayBecome(TaskState next) {
    return switch (this) {
      case SCHEDULED -> next == QUEUED || next == CANCELLED || next == EXPIRED;
      case QUEUED -> next == QUEUED || next == RUNNING || next == CANCELLED || next == EXPIRED;
      case RUNNING -> next != RUNNING;
      case DONE, FAILED, CANCELLED, EXPIRED -> false;
    };
  }
}
