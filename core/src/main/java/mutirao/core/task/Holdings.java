package mutirao.core.task;

import java.util.HashMap;
import java.util.Map;
import mutirao.core.image.OpenImages;
import mutirao.core.session.Names;

/**
 * How much of the table is whose: tasks of every state and their bytes, under all of one user's
 * names.
 */
final class Holdings {
  private static final Share NOTHING = new Share();

  private final Map<String, Share> users = new HashMap<>();
  private long payloadBytes;

  /** What one user has. */
  static final class Share {
    int tasks;
    long bytes;

    /** Whether one more task would make it larger than what is left for everybody else. */
    boolean isFull(long tasksLeft, long bytesLeft, long payloadBytes) {
      return tasks >= tasksLeft || bytes + payloadBytes > bytesLeft;
    }
  }

  /** What the user has to whom a name belongs. */
  Share of(String nameKey) {
    return users.getOrDefault(Names.user(nameKey), NOTHING);
  }

  /** What all have together. */
  long payloadBytes() {
    return payloadBytes;
  }

  /** Somebody who has no tasks under that name yet. */
  Owner newOwner(String nameKey, OpenImages images) {
    Share share = users.computeIfAbsent(Names.user(nameKey), _ -> new Share());
    return new Owner(nameKey, share, images);
  }

  void add(Task task) {
    task.owner().share().tasks++;
    grow(task, task.payloadBytes());
  }

  void remove(Task task) {
    Share share = task.owner().share();
    grow(task, -task.payloadBytes());
    if (--share.tasks == 0) {
      users.remove(Names.user(task.owner().nameKey()));
    }
  }

  void grow(Task task, long bytes) {
    payloadBytes += bytes;
    task.owner().share().bytes += bytes;
  }
}
