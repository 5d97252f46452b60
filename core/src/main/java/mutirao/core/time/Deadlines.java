package mutirao.core.time;

import java.util.Arrays;
import mutirao.core.image.StateImage.Due;
import org.jspecify.annotations.Nullable;

/**
 * Every future instant of the machine, earliest first; of two at the same instant the one set first
 * comes first. A binary heap whose elements know their place: set, move and drop cost O(log n) and
 * allocate nothing.
 */
public final class Deadlines {
  private static final int INITIAL_CAPACITY = 64;

  private Deadline[] heap = new Deadline[INITIAL_CAPACITY];
  private int size;
  private long orders;

  /**
   * The earliest instant, or {@link Deadline#NEVER} where there is none. The only timer a server
   * needs.
   */
  public long nextMs() {
    return size == 0 ? Deadline.NEVER : heap[0].atMs;
  }

  /** The earliest deadline if it is due at {@code nowMs}, taken out; else null. */
  public @Nullable Deadline takeDue(long nowMs) {
    if (size == 0 || heap[0].atMs > nowMs) {
      return null;
    }
    Deadline due = heap[0];
    drop(due);
    return due;
  }

  /** Lets {@code deadline} be due at {@code atMs}, whether or not it waited before. */
  public void set(Deadline deadline, long atMs) {
    boolean later = deadline.pending() && atMs >= deadline.atMs;
    deadline.atMs = atMs;
    deadline.order = ++orders;
    if (!deadline.pending()) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      place(deadline, size++);
      siftUp(deadline);
    } else if (later) {
      siftDown(deadline);
    } else {
      siftUp(deadline);
    }
  }

  /** Forgets {@code deadline}; nothing happens where it does not wait. */
  public void drop(Deadline deadline) {
    int hole = deadline.position;
    if (hole == Deadline.ABSENT) {
      return;
    }
    deadline.position = Deadline.ABSENT;
    Deadline last = heap[--size];
    heap[size] = null;
    if (hole < size) {
      place(last, hole);
      siftUp(last);
      siftDown(last);
    }
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** How often a deadline was ever set. */
  public long orders() {
    return orders;
  }

  /** Where a deadline stands, for an image. */
  public Due image(Deadline deadline) {
    return new Due(deadline.atMs, deadline.order, deadline.position);
  }

  /** Puts a deadline back where it stood when its image was taken. */
  public void restore(Deadline deadline, Due due) {
    deadline.atMs = due.atMs();
    deadline.order = due.order();
    deadline.position = due.place();
    if (deadline.pending()) {
      if (due.place() >= heap.length) {
        heap = Arrays.copyOf(heap, due.place() * 2);
      }
      heap[due.place()] = deadline;
      size++;
    }
  }

  /** Goes on counting where the image's state was. */
  public void restoreOrders(long count) {
    orders = count;
  }

  private void siftUp(Deadline moving) {
    int at = moving.position;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!before(moving, heap[parent])) {
        break;
      }
      place(heap[parent], at);
      at = parent;
    }
    place(moving, at);
  }

  private void siftDown(Deadline moving) {
    int at = moving.position;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      int right = child + 1;
      int earlier = right < size && before(heap[right], heap[child]) ? right : child;
      if (!before(heap[earlier], moving)) {
        break;
      }
      place(heap[earlier], at);
      at = earlier;
    }
    place(moving, at);
  }

  private void place(Deadline deadline, int position) {
    heap[position] = deadline;
    deadline.position = position;
  }

  private static boolean before(Deadline a, Deadline b) {
    return a.atMs != b.atMs ? a.atMs < b.atMs : a.order < b.order;
  }
}
