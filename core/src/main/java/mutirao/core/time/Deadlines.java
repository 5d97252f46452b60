package mutirao.core.time;

import java.util.Arrays;
import mutirao.core.image.StateImage.Due;
import org.jspecify.annotations.Nullable;

/**
 * Every future instant of the machine, earliest first; of two at the same instant the one set first
 * comes first. A binary heap whose elements know their place: set, move and drop cost O(log n) and
 * allocate nothing. Instants lie beside the heap, not in its elements, so that to compare them
 * needs no other memory, and all of them can be copied at once.
 */
public final class Deadlines {
  private static final int INITIAL_CAPACITY = 64;

  private Deadline[] heap = new Deadline[INITIAL_CAPACITY];
  private long[] atMs = new long[INITIAL_CAPACITY];
  private long[] orders = new long[INITIAL_CAPACITY];
  private int size;
  private long count;

  /**
   * The earliest instant, or {@link Deadline#NEVER} where there is none. The only timer a server
   * needs.
   */
  public long nextMs() {
    return size == 0 ? Deadline.NEVER : atMs[0];
  }

  /** The earliest deadline if it is due at {@code nowMs}, taken out; else null. */
  public @Nullable Deadline takeDue(long nowMs) {
    if (size == 0 || atMs[0] > nowMs) {
      return null;
    }
    Deadline due = heap[0];
    drop(due);
    return due;
  }

  /** Lets {@code deadline} be due at {@code dueMs}, whether or not it waited before. */
  public void set(Deadline deadline, long dueMs) {
    reserve(size + 1);
    settle(deadline, dueMs, ++count, deadline.pending() ? deadline.position : size++);
  }

  /** Forgets {@code deadline}; nothing happens where it does not wait. */
  public void drop(Deadline deadline) {
    if (deadline.pending()) {
      int hole = deadline.position;
      int end = --size;
      if (hole < end) {
        settle(heap[end], atMs[end], orders[end], hole);
      }
      deadline.position = Deadline.ABSENT;
      heap[end] = null;
      atMs[end] = 0;
      orders[end] = 0;
    }
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** How often a deadline was ever set. */
  public long orders() {
    return count;
  }

  /** Where a deadline stands, for an image. */
  public Due image(Deadline deadline) {
    int place = deadline.position;
    return deadline.pending() ? new Due(atMs[place], orders[place], place) : Due.NONE;
  }

  /** Where all stand, for an image. */
  public Dues image() {
    return new Dues(
        Arrays.copyOf(heap, size), Arrays.copyOf(atMs, size), Arrays.copyOf(orders, size));
  }

  /** Puts a deadline back where it stood when its image was taken. */
  public void restore(Deadline deadline, Due due) {
    if (due.place() >= 0) {
      reserve(due.place() + 1);
      place(deadline, due.atMs(), due.order(), due.place());
      size++;
    }
  }

  /** Goes on counting where the image's state was. */
  public void restoreOrders(long then) {
    count = then;
  }

  private void reserve(int needed) {
    if (needed > heap.length) {
      int room = Math.max(needed, size * 2);
      heap = Arrays.copyOf(heap, room);
      atMs = Arrays.copyOf(atMs, room);
      orders = Arrays.copyOf(orders, room);
    }
  }

  /** Puts a deadline into a hole, or as far up or down from there as it belongs. */
  private void settle(Deadline moving, long dueMs, long order, int hole) {
    int at = hole;
    while (at > 0 && !isBefore((at - 1) >>> 1, dueMs, order)) {
      int parent = (at - 1) >>> 1;
      place(heap[parent], atMs[parent], orders[parent], at);
      at = parent;
    }
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      int right = child + 1;
      int earlier = right < size && isBefore(right, atMs[child], orders[child]) ? right : child;
      if (!isBefore(earlier, dueMs, order)) {
        break;
      }
      place(heap[earlier], atMs[earlier], orders[earlier], at);
      at = earlier;
    }
    place(moving, dueMs, order, at);
  }

  private void place(Deadline deadline, long dueMs, long order, int position) {
    heap[position] = deadline;
    atMs[position] = dueMs;
    orders[position] = order;
    deadline.position = position;
  }

  private boolean isBefore(int place, long otherMs, long otherOrder) {
    return atMs[place] != otherMs ? atMs[place] < otherMs : orders[place] < otherOrder;
  }
}
