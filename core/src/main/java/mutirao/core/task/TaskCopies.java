package mutirao.core.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.LongMap;
import mutirao.core.image.StateImage;
import mutirao.core.time.Dues;

/**
 * All tasks as they are at one moment. Nothing takes effect while it is made, so that only copies
 * which tasks there are and when they are due, and looks at none of them: to load them from memory
 * would take the longest. The rest is done by {@link #sort}, on any thread, before anything is
 * asked.
 */
final class TaskCopies {
  private final Task[] tasks;
  private final Dues dues;
  private final int image;

  private final LongMap<StateImage.Due> dueById = new LongMap<>();
  private final Map<Owner, List<Task>> byOwner = new LinkedHashMap<>();
  private final Map<TaskChain, List<Task>> byChain = new LinkedHashMap<>();

  /** For the image of that number, which is about to be taken. */
  TaskCopies(LongMap<Task> all, Dues dues, int image) {
    this.tasks = all.copyTo(new Task[all.size()]);
    this.dues = dues;
    this.image = image;
  }

  /** Finds out which tasks are whose, and in which chains they are. */
  void sort() {
    dues.forEach(
        (deadline, due) -> {
          if (deadline instanceof Task task) {
            dueById.putIfAbsent(task.id(), due);
          }
        });
    for (Task task : tasks) {
      byOwner.computeIfAbsent(task.owner(), _ -> new ArrayList<>()).add(task);
      TaskChain chain = task.at(image).chain;
      if (chain != null) {
        byChain.computeIfAbsent(chain, _ -> new ArrayList<>()).add(task);
      }
    }
    byOwner.values().forEach(own -> own.sort(Comparator.comparingLong(Task::id)));
    byChain.values().forEach(row -> row.sort(Comparator.comparingLong(t -> t.at(image).rank)));
  }

  /** The tasks of an owner, oldest first. */
  List<StateImage.OfTask> of(Owner owner) {
    return byOwner.getOrDefault(owner, List.of()).stream().map(this::imageOf).toList();
  }

  /** The ids of all tasks in these chains, one chain after the other. */
  long[] in(List<TaskChain> chains) {
    return chains.stream()
        .flatMap(chain -> byChain.getOrDefault(chain, List.of()).stream())
        .mapToLong(Task::id)
        .toArray();
  }

  private StateImage.OfTask imageOf(Task task) {
    StateImage.Due due = dueById.get(task.id());
    return task.image(task.at(image), due == null ? StateImage.Due.NONE : due);
  }
}
