package mutirao.core.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All tasks submitted under one name, and which of their results still wait for somebody of that
 * name.
 */
final class Owner {
  private @Nullable Task newest;
  private int undelivered;

  @Nullable Task newest() {
    return newest;
  }

  boolean empty() {
    return newest == null;
  }

  void add(Task task) {
    task.olderOfOwner = newest;
    if (newest != null) {
      newest.newerOfOwner = task;
    }
    newest = task;
  }

  void remove(Task task) {
    delivered(task);
    Task older = task.olderOfOwner;
    Task newer = task.newerOfOwner;
    if (older != null) {
      older.newerOfOwner = newer;
    }
    if (newer != null) {
      newer.olderOfOwner = older;
    } else {
      newest = older;
    }
    task.olderOfOwner = null;
    task.newerOfOwner = null;
  }

  void keepForLater(Task task) {
    task.undelivered = true;
    undelivered++;
  }

  void delivered(Task task) {
    if (task.undelivered) {
      task.undelivered = false;
      undelivered--;
    }
  }

  /** The tasks whose results nobody got yet, oldest first. */
  List<Long> undelivered() {
    List<Long> tasks = new ArrayList<>(undelivered);
    for (Task task = newest; task != null && tasks.size() < undelivered; task = task.olderOfOwner) {
      if (task.undelivered) {
        tasks.add(task.id());
      }
    }
    return tasks.reversed();
  }
}
