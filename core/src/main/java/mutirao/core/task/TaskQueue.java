package mutirao.core.task;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same thing (an operation, or one worker), highest priority first, then in the order of arrival.
 * Linked through the tasks themselves: putting in, taking out of the middle and looking at the first cost no search.
 */
final class TaskQueue {
  private static final int PRIORITIES = 10;

  private final String name;
  private final @Nullable Task[] first = new Task[PRIORITIES];
  private final @Nullable Task[] last = new Task[PRIORITIES];
  private int size;
  private int occupied;

  /** Workers that can run what waits here, in the order of arrival; unused where the queue is one worker's own. */
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
    return first[31 - Integer.numberOfLeadingZeros(occupied)];
  }

  /** The next in line that {@code worker} can run. */
  @Nullable Task firstFor(Worker worker) {
    for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
      for (Task task = first[priority]; task != null; task = task.nextInQueue) {
        if (worker.knows(task.spec().operation())) {
          return task;
        }
      }
    }
    return null;
  }

  /** Shows all that waits to {@code reader}, in the order in which it will be given out. */
  void forEach(Consumer<Task> reader) {
    for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
      for (Task task = first[priority]; task != null; task = task.nextInQueue) {
        reader.accept(task);
      }
    }
  }

  void addLast(Task task) {
    int lane = enter(task);
    Task before = last[lane];
    task.previousInQueue = before;
    last[lane] = task;
    if (before == null) {
      first[lane] = task;
    } else {
      before.nextInQueue = task;
    }
  }

  void addFirst(Task task) {
    int lane = enter(task);
    Task after = first[lane];
    task.nextInQueue = after;
    first[lane] = task;
    if (after == null) {
      last[lane] = task;
    } else {
      after.previousInQueue = task;
    }
  }

  void remove(Task task) {
    if (task.queue != this) {
      throw new IllegalStateException("task " + task.id() + " does not wait here");
    }
    int lane = task.spec().priority();
    Task before = task.previousInQueue;
    Task after = task.nextInQueue;
    if (before == null) {
      first[lane] = after;
    } else {
      before.nextInQueue = after;
    }
    if (after == null) {
      last[lane] = before;
    } else {
      after.previousInQueue = before;
    }
    if (first[lane] == null) {
      occupied &= ~(1 << lane);
    }
    task.previousInQueue = null;
    task.nextInQueue = null;
    task.queue = null;
    size--;
  }

  private int enter(Task task) {
    if (task.queue != null) {
      throw new IllegalStateException("task " + task.id() + " waits already");
    }
    task.queue = this;
    size++;
    int lane = task.spec().priority();
    occupied |= 1 << lane;
    return lane;
  }
}
