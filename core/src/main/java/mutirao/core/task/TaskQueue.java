package mutirao.core.task;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mutirao.core.image.StateImage;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same thing, an operation or one worker's doing of it: highest priority
 * first, then in the order of arrival. As a deadline it is due while what waits in it is being
 * freed.
 */
public final class TaskQueue extends Deadline {
  private static final int PRIORITIES = TaskSpec.MAX_PRIORITY + 1;

  /** The one worker its tasks are for, and whether others may have them once that one is gone. */
  record Target(String nameKey, String operation, boolean fallback) {}

  final String operation;
  final @Nullable Target target;

  /** Workers that can run what waits here, in the order of arrival. */
  final Set<Worker> workers = new LinkedHashSet<>(4);

  private final @Nullable TaskChain[] lanes = new TaskChain[PRIORITIES];
  private int size;
  private int occupied;

  TaskQueue(String operation) {
    this.operation = operation;
    this.target = null;
  }

  TaskQueue(Target target) {
    this.operation = target.operation();
    this.target = target;
  }

  int size() {
    return size;
  }

  /** True where neither a task nor a worker needs it. */
  boolean idle() {
    return size == 0 && workers.isEmpty();
  }

  /** The next in line; null where none waits. */
  @Nullable Task first() {
    if (occupied == 0) {
      return null;
    }
    return lane(31 - Integer.numberOfLeadingZeros(occupied)).first();
  }

  /** The next in line of each priority. */
  List<Task> heads() {
    List<Task> heads = new ArrayList<>(1);
    for (TaskChain lane : lanes) {
      Task first = lane == null ? null : lane.first();
      if (first != null) {
        heads.add(first);
      }
    }
    return heads;
  }

  /** Tasks before {@code task}, counted up to {@code most}. */
  int ahead(Task task, int most) {
    int ahead = 0;
    for (int priority = PRIORITIES - 1; priority > task.spec().priority(); priority--) {
      TaskChain lane = lanes[priority];
      ahead += lane == null ? 0 : lane.size();
    }
    for (Task before = task.previous; before != null && ahead < most; before = before.previous) {
      ahead++;
    }
    return Math.min(ahead, most);
  }

  void addLast(Task task) {
    enter(task).addLast(task);
  }

  void addFirst(Task task) {
    enter(task).addFirst(task);
  }

  void remove(Task task) {
    int priority = task.spec().priority();
    TaskChain lane = lane(priority);
    lane.remove(task);
    if (lane.isEmpty()) {
      occupied &= ~(1 << priority);
    }
    task.queue = null;
    size--;
  }

  /** It as it is now, to be made later, of all tasks as they are now. */
  Supplier<StateImage.OfQueue> image(TaskCopies copies, StateImage.Due due) {
    int everUsed = everUsed();
    List<TaskChain> used = Stream.of(lanes).filter(Objects::nonNull).toList();
    long[] sessions = workers.stream().mapToLong(worker -> worker.session().id()).toArray();
    return () ->
        new StateImage.OfQueue(
            operation,
            target == null ? null : target.nameKey(),
            target != null && target.fallback(),
            sessions,
            everUsed,
            copies.in(used),
            due);
  }

  /** Bit p: priority p was ever used. */
  private int everUsed() {
    int bits = 0;
    for (int priority = 0; priority < PRIORITIES; priority++) {
      bits |= lanes[priority] == null ? 0 : 1 << priority;
    }
    return bits;
  }

  void restore(StateImage.OfQueue image, LongFunction<Worker> workerOf, LongFunction<Task> byId) {
    for (int priority = 0; priority < PRIORITIES; priority++) {
      if ((image.lanes() & 1 << priority) != 0) {
        lane(priority);
      }
    }
    LongStream.of(image.workers()).mapToObj(workerOf).forEach(workers::add);
    LongStream.of(image.tasks()).mapToObj(byId).forEach(this::addLast);
  }

  private TaskChain enter(Task task) {
    task.queue = this;
    size++;
    int priority = task.spec().priority();
    occupied |= 1 << priority;
    return lane(priority);
  }

  private TaskChain lane(int priority) {
    TaskChain lane = lanes[priority];
    if (lane == null) {
      lane = new TaskChain();
      lanes[priority] = lane;
    }
    return lane;
  }
}
