package mutirao.core.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import mutirao.core.Limits;
import mutirao.core.image.OpenImages;
import mutirao.core.image.StateImage;
import org.jspecify.annotations.Nullable;

/** All tasks submitted under one name, and which of their results still wait for somebody of it. */
final class Owner {
  /** Tasks between two signposts at most: what a search walks in the end. */
  static final int STRIDE = 256;

  private final String nameKey;
  private final Holdings.Share share;
  private final transient OpenImages images;
  private final TaskChain undelivered = new TaskChain();

  /** Some of the tasks, oldest first, so that none must be searched for from the newest. */
  private final List<Task> signposts = new ArrayList<>(0);

  private @Nullable Task newest;
  private int sinceSignpost;

  Owner(String nameKey, Holdings.Share share, OpenImages images) {
    this.nameKey = nameKey;
    this.share = share;
    this.images = images;
  }

  /** The name as names are compared. */
  String nameKey() {
    return nameKey;
  }

  /** What all names of the same user have, this one among them. */
  Holdings.Share share() {
    return share;
  }

  /** The images of all tasks. */
  OpenImages images() {
    return images;
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
    if (++sinceSignpost == STRIDE) {
      sinceSignpost = 0;
      signposts.add(task);
    }
  }

  void remove(Task task) {
    delivered(task);
    moveSignpost(task);
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

  /** The newest task older than {@code id}; null where there is none. */
  @Nullable Task newestBefore(long id) {
    Task task = signpostFrom(id);
    while (task != null && task.id() >= id) {
      task = task.olderOfOwner;
    }
    return task;
  }

  /** The first signpost at or after {@code id}; behind the last, the newest task. */
  @Nullable Task signpostFrom(long id) {
    int place = placeOf(id);
    return place < signposts.size() ? signposts.get(place) : newest;
  }

  /** A result waits for somebody of this name; the task has ended, so it is in no other chain. */
  void keepForLater(Task task) {
    undelivered.addLast(task);
  }

  void delivered(Task task) {
    if (task.chain() != null) {
      undelivered.remove(task);
    }
  }

  /** How many results wait. */
  int waiting() {
    return undelivered.size();
  }

  /** The results that waited longest, as many as go out at once; none about to be forgotten. */
  List<Task> portion(long nowMs) {
    List<Task> portion = new ArrayList<>();
    long bytes = 0;
    for (Task task : undelivered) {
      if (task.nextInstantMs() > nowMs) {
        bytes += task.payloadBytes();
        if (!portion.isEmpty() && bytes > Limits.RESULT_BYTES_AT_ONCE) {
          break;
        }
        portion.add(task);
        if (portion.size() == Limits.RESULTS_AT_ONCE) {
          break;
        }
      }
    }
    return portion;
  }

  /** It as it is now, to be made later, of all tasks as they are now. */
  Supplier<StateImage.OfOwner> image(TaskCopies copies) {
    long[] posts = Task.ids(signposts);
    int since = sinceSignpost;
    return () ->
        new StateImage.OfOwner(
            nameKey, copies.of(this), posts, since, copies.in(List.of(undelivered)));
  }

  /** Takes the orders of an image over, once all its tasks have been added. */
  void restore(StateImage.OfOwner image, LongFunction<Task> byId) {
    signposts.clear();
    LongStream.of(image.signposts()).mapToObj(byId).forEach(signposts::add);
    sinceSignpost = image.sinceSignpost();
    LongStream.of(image.undelivered()).mapToObj(byId).forEach(undelivered::addLast);
  }

  /** The place of the first signpost at or after {@code id}. */
  private int placeOf(long id) {
    int from = 0;
    int to = signposts.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (signposts.get(middle).id() < id) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** A signpost that goes is replaced by its older neighbour, so that no distance grows. */
  private void moveSignpost(Task task) {
    int place = placeOf(task.id());
    if (place == signposts.size() || signposts.get(place) != task) {
      return;
    }
    Task older = task.olderOfOwner;
    if (older == null || (place > 0 && signposts.get(place - 1) == older)) {
      signposts.remove(place);
    } else {
      signposts.set(place, older);
    }
  }
}
