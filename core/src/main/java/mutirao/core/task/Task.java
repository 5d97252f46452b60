package mutirao.core.task;

import java.util.Collection;
import mutirao.core.image.StateImage;
import mutirao.core.session.Names;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One task. It is in exactly one {@link TaskState}; it is linked into a queue exactly while it is
 * queued; as a deadline it waits for whatever comes next by itself. Only events change it.
 */
public final class Task extends Deadline {
  private final long id;
  private final TaskSpec spec;
  private final String submitter;
  private final Owner owner;
  private final long acceptedAtMs;
  private final long expiresAtMs;

  TaskState state = TaskState.SCHEDULED;
  long notBeforeMs;
  int attempt;
  boolean fallenBack;
  @Nullable Worker worker;
  @Nullable String workerName;
  long startedAtMs;
  long renewedAtMs;
  long finishedAtMs;
  long ranMs;
  byte @Nullable [] result;
  byte @Nullable [] error;

  // Links: its queue while queued; its neighbours there, on its worker, or among the results that
  // wait for their submitter; all tasks of a submitter.
  @Nullable TaskQueue queue;
  @Nullable TaskChain chain;
  @Nullable Task previous;
  @Nullable Task next;
  @Nullable Task olderOfOwner;
  @Nullable Task newerOfOwner;

  Task(
      long id,
      String submitter,
      Owner owner,
      TaskSpec spec,
      long acceptedAtMs,
      long notBeforeMs,
      long expiresAtMs) {
    this.id = id;
    this.submitter = submitter;
    this.owner = owner;
    this.spec = spec;
    this.acceptedAtMs = acceptedAtMs;
    this.notBeforeMs = notBeforeMs;
    this.expiresAtMs = expiresAtMs;
  }

  Task(StateImage.OfTask image, Owner owner) {
    id = image.id();
    submitter = image.submitter();
    this.owner = owner;
    spec = image.spec();
    acceptedAtMs = image.acceptedAtMs();
    expiresAtMs = image.expiresAtMs();
    state = image.state();
    notBeforeMs = image.notBeforeMs();
    attempt = image.attempt();
    fallenBack = image.fallenBack();
    workerName = image.workerName();
    startedAtMs = image.startedAtMs();
    renewedAtMs = image.renewedAtMs();
    finishedAtMs = image.finishedAtMs();
    ranMs = image.ranMs();
    result = image.result();
    error = image.error();
  }

  StateImage.OfTask image(StateImage.Due due) {
    return new StateImage.OfTask(
        id,
        submitter,
        spec,
        acceptedAtMs,
        expiresAtMs,
        state,
        notBeforeMs,
        attempt,
        fallenBack,
        workerSession(),
        workerName,
        startedAtMs,
        renewedAtMs,
        finishedAtMs,
        ranMs,
        result,
        error,
        due);
  }

  static long[] ids(Collection<Task> tasks) {
    return tasks.stream().mapToLong(Task::id).toArray();
  }

  /** The log index of the entry that submitted it. */
  public long id() {
    return id;
  }

  public TaskSpec spec() {
    return spec;
  }

  /** The name it was submitted under. */
  public String submitter() {
    return submitter;
  }

  /** The name it was submitted under, as names are compared. */
  public String submitterKey() {
    return owner.nameKey();
  }

  Owner owner() {
    return owner;
  }

  public TaskState state() {
    return state;
  }

  /** The attempt that runs or ran last, counted from 1; 0 before the first. */
  public int attempt() {
    return attempt;
  }

  /** The session of the worker that has it; 0 unless running. */
  public long workerSession() {
    return worker == null ? 0 : worker.session().id();
  }

  /** The worker that had it last. */
  public @Nullable String workerName() {
    return workerName;
  }

  public long acceptedAtMs() {
    return acceptedAtMs;
  }

  /** While scheduled: when it is queued. */
  public long notBeforeMs() {
    return notBeforeMs;
  }

  /** When it expires; {@link Long#MAX_VALUE}: never. */
  public long expiresAtMs() {
    return expiresAtMs;
  }

  /** When the last attempt began; 0 before the first. */
  public long startedAtMs() {
    return startedAtMs;
  }

  /** When the running attempt last showed progress in the log. */
  public long renewedAtMs() {
    return renewedAtMs;
  }

  /** When it ended; 0 before. */
  public long finishedAtMs() {
    return finishedAtMs;
  }

  /** JSON bytes of the result; null unless done. */
  public byte @Nullable [] result() {
    return result;
  }

  /** JSON bytes of the last error. */
  public byte @Nullable [] error() {
    return error;
  }

  /** Of an ended task: all of its time but {@link #runMs}. */
  public long queuedMs() {
    return finishedAtMs - acceptedAtMs - ranMs;
  }

  /** How long the attempt ran with which the task ended; 0 where none ran then. */
  public long runMs() {
    return ranMs;
  }

  /** The compared name of the worker it must run on; null: on any. */
  public @Nullable String targetKey() {
    String target = spec.worker();
    return target == null || fallenBack ? null : Names.key(target);
  }

  int payloadBytes() {
    return spec.params().length
        + (result == null ? 0 : result.length)
        + (error == null ? 0 : error.length);
  }

  void become(TaskState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("task " + id + " cannot go from " + state + " to " + next);
    }
    state = next;
  }

  /** When something happens to it by itself; {@link #NEVER} where nothing does. */
  long nextInstantMs() {
    return switch (state) {
      case SCHEDULED -> Math.min(notBeforeMs, expiresAtMs);
      case QUEUED -> expiresAtMs;
      case RUNNING -> Math.min(after(renewedAtMs, spec.timeoutMs()), expiresAtMs);
      // Not within the entry that ends it: who is told of its end must find it.
      case DONE, FAILED, CANCELLED, EXPIRED -> after(finishedAtMs, Math.max(1, spec.keepMs()));
    };
  }
}
