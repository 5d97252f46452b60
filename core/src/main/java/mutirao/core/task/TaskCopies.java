package mutirao.core.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.LongMap;
import mutirao.core.image.StateImage;
import mutirao.core.time.Dues;
import org.jspecify.annotations.Nullable;

/**
 * All tasks as they are at one moment. Nothing takes effect while it is made, so that only writes
 * down what will change, in whatever order the tasks come: to follow their links would mean to wait
 * for the memory at each of them. {@link Sorted} does the rest, on any thread.
 */
final class TaskCopies {
  private final Task[] tasks;
  private final Task.Status[] statuses;
  private final @Nullable Task[] nexts;
  private final Dues dues;

  TaskCopies(LongMap<Task> all) {
    tasks = all.copyTo(new Task[all.size()]);
    statuses = new Task.Status[tasks.length];
    nexts = new Task[tasks.length];
    dues = new Dues(tasks.length);
    for (int i = 0; i < tasks.length; i++) {
      Task task = tasks[i];
      statuses[i] = task.shared();
      nexts[i] = task.next;
      dues.set(i, task);
    }
  }

  /** The same in order, on any thread. */
  Sorted sorted() {
    return new Sorted(this);
  }

  /** Tasks as they were, by their owners and in their chains. */
  static final class Sorted {
    private final Map<Owner, List<StateImage.OfTask>> byOwner = new HashMap<>();
    private final LongMap<Task> nextById = new LongMap<>();

    private Sorted(TaskCopies copies) {
      for (int i = 0; i < copies.tasks.length; i++) {
        Task task = copies.tasks[i];
        byOwner
            .computeIfAbsent(task.owner(), _ -> new ArrayList<>())
            .add(task.image(copies.statuses[i], copies.dues.get(i)));
        Task next = copies.nexts[i];
        if (next != null) {
          nextById.putIfAbsent(task.id(), next);
        }
      }
    }

    /** The tasks of an owner, oldest first. */
    List<StateImage.OfTask> of(Owner owner) {
      List<StateImage.OfTask> own = byOwner.getOrDefault(owner, new ArrayList<>());
      own.sort(Comparator.comparingLong(StateImage.OfTask::id));
      return own;
    }

    /** The ids of {@code count} tasks: of each one given and of those linked behind it. */
    long[] chains(List<Task> heads, int count) {
      long[] ids = new long[count];
      int at = 0;
      for (Task head : heads) {
        for (Task task = head; task != null; task = nextById.get(task.id())) {
          ids[at++] = task.id();
        }
      }
      return ids;
    }
  }
}
