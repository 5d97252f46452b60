package mutirao.core.task;

import java.util.Collection;
import java.util.Objects;
import mutirao.core.image.OpenImages;
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

  // Images read it on other threads.
  private volatile Status status;

  // Links: its queue while queued; its neighbours there, on its worker, or among the results that
  // wait for their submitter; all tasks of a submitter.
  @Nullable TaskQueue queue;
  @Nullable Task previous;
  @Nullable Task next;
  @Nullable Task olderOfOwner;
  @Nullable Task newerOfOwner;

  /**
   * What changes of a task. The first change after an image is made to a copy, and what was before
   * stays for as long as an image needs it, so that images need not touch a task when they are
   * taken. What is transient serves them, and is no part of the truth.
   */
  static final class Status implements Cloneable {
    private TaskState state = TaskState.SCHEDULED;
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

    @Nullable TaskChain chain;

    /** While in a chain: smaller than that of all behind it there. */
    transient long rank;

    /** How many images had been taken when it was made. */
    private transient int since;

    private transient @Nullable Status before;

    private Status(int since) {
      this.since = since;
    }

    private long workerSession() {
      return worker == null ? 0 : worker.session().id();
    }

    @Override
    protected Status clone() {
      try {
        return (Status) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

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
    this.expiresAtMs = expiresAtMs;
    status = new Status(owner.images().taken());
    status.notBeforeMs = notBeforeMs;
  }

  Task(StateImage.OfTask image, Owner owner) {
    id = image.id();
    submitter = image.submitter();
    this.owner = owner;
    spec = image.spec();
    acceptedAtMs = image.acceptedAtMs();
    expiresAtMs = image.expiresAtMs();
    status = new Status(owner.images().taken());
    status.state = image.state();
    status.notBeforeMs = image.notBeforeMs();
    status.attempt = image.attempt();
    status.fallenBack = image.fallenBack();
    status.workerName = image.workerName();
    status.startedAtMs = image.startedAtMs();
    status.renewedAtMs = image.renewedAtMs();
    status.finishedAtMs = image.finishedAtMs();
    status.ranMs = image.ranMs();
    status.result = image.result();
    status.error = image.error();
  }

  /** The task as it was with that status; only reads what never changes. */
  StateImage.OfTask image(Status then, StateImage.Due due) {
    return new StateImage.OfTask(
        id,
        submitter,
        spec,
        acceptedAtMs,
        expiresAtMs,
        then.state,
        then.notBeforeMs,
        then.attempt,
        then.fallenBack,
        then.workerSession(),
        then.workerName,
        then.startedAtMs,
        then.renewedAtMs,
        then.finishedAtMs,
        then.ranMs,
        then.result,
        then.error,
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
    return status.state;
  }

  /** The attempt that runs or ran last, counted from 1; 0 before the first. */
  public int attempt() {
    return status.attempt;
  }

  /** The session of the worker that has it; 0 unless running. */
  public long workerSession() {
    return status.workerSession();
  }

  /** The worker that had it last. */
  public @Nullable String workerName() {
    return status.workerName;
  }

  public long acceptedAtMs() {
    return acceptedAtMs;
  }

  /** While scheduled: when it is queued. */
  public long notBeforeMs() {
    return status.notBeforeMs;
  }

  /** When it expires; {@link Long#MAX_VALUE}: never. */
  public long expiresAtMs() {
    return expiresAtMs;
  }

  /** When the last attempt began; 0 before the first. */
  public long startedAtMs() {
    return status.startedAtMs;
  }

  /** When the running attempt last showed progress in the log. */
  public long renewedAtMs() {
    return status.renewedAtMs;
  }

  /** When it ended; 0 before. */
  public long finishedAtMs() {
    return status.finishedAtMs;
  }

  /** JSON bytes of the result; null unless done. */
  public byte @Nullable [] result() {
    return status.result;
  }

  /** JSON bytes of the last error. */
  public byte @Nullable [] error() {
    return status.error;
  }

  /** Of an ended task: all of its time but {@link #runMs}. */
  public long queuedMs() {
    return status.finishedAtMs - acceptedAtMs - status.ranMs;
  }

  /** How long the attempt ran with which the task ended; 0 where none ran then. */
  public long runMs() {
    return status.ranMs;
  }

  /** The compared name of the worker it must run on; null: on any. */
  public @Nullable String targetKey() {
    String target = spec.worker();
    return target == null || status.fallenBack ? null : Names.key(target);
  }

  /** Its rank in its chain. */
  long rank() {
    return status.rank;
  }

  @Nullable TaskChain chain() {
    return status.chain;
  }

  int payloadBytes() {
    return spec.params().length
        + (status.result == null ? 0 : status.result.length)
        + (status.error == null ? 0 : status.error.length);
  }

  /** The status as the image of that number has it; on any thread, until that is made. */
  Status at(int image) {
    Status then = status;
    while (then.since >= image) {
      then = Objects.requireNonNull(then.before);
    }
    return then;
  }

  /** The status, to be changed at once. */
  Status changing() {
    OpenImages images = owner.images();
    if (status.since != images.taken()) {
      Status next = status.clone();
      next.since = images.taken();
      next.before = images.areOpen() ? status : null;
      status = next;
    }
    return status;
  }

  void become(TaskState next) {
    if (!status.state.mayBecome(next)) {
      throw new IllegalStateException(
          "task " + id + " cannot go from " + status.state + " to " + next);
    }
    changing().state = next;
  }

  /** When something happens to it by itself; {@link #NEVER} where nothing does. */
  long nextInstantMs() {
    return switch (status.state) {
      case SCHEDULED -> Math.min(status.notBeforeMs, expiresAtMs);
      case QUEUED -> expiresAtMs;
      case RUNNING -> Math.min(after(status.renewedAtMs, spec.timeoutMs()), expiresAtMs);
      // Not within the entry that ends it: who is told of its end must find it.
      case DONE, FAILED, CANCELLED, EXPIRED ->
          after(status.finishedAtMs, Math.max(1, spec.keepMs()));
    };
  }
}
