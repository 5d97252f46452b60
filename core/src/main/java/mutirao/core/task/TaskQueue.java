package mutirao.core.task;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same thing (an operation, or one worker), highest priority first, then in
 * the order of arrival.
 */
final class TaskQueue {
  private static final int PRIORITIES = 10;

  private final String name;
  private final @Nullable TaskChain[] lanes = new TaskChain[PRIORITIES];
  private int size;
  private int occupied;

  /**
   * Workers that can run what waits here, in the order of arrival; unused where the queue is one
   * worker's own.
   */
  final Set<Worker> workers = new LinkedHashSet<>(4);

  TaskQueue(String name) {
    this.name = name;
  }

  String name() {
    return name;
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

  /** The next in line that {@code worker} can run. */
  @Nullable Task firstFor(Worker worker) {
    for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
      if ((occupied & 1 << priority) != 0) {
        for (Task task : lane(priority)) {
          if (worker.knows(task.spec().operation())) {
            return task;
          }
        }
      }
    }
    return null;
  }

  /** Shows all that waits to {@code reader}, in the order in which it will be given out. */
  void forEach(Consumer<Task> reader) {
    for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
      if ((occupied & 1 << priority) != 0) {
        lane(priority).forEach(reader);
      }
    }
  }

  void addLast(Task task) {
    enter(task).addLast(task);
  }

  void addFirst(Task task) {
    enter(task).addFirst(task);
  }

  void remove(Task task) {
    if (task.queue != this) {
      throw new IllegalStateException("task " + task.id() + " does not wait here");
    }
    int priority = task.spec().priority();
    TaskChain lane = lane(priority);
    lane.remove(task);
    if (lane.isEmpty()) {
      occupied &= ~(1 << priority);
    }
    task.queue = null;
    size--;
  }

  private TaskChain enter(Task task) {
    if (task.queue != null) {
      throw new IllegalStateException("task " + task.id() + " waits already");
    }
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
