package mutirao.bench.load;

/** A stack of the free slots of one submitter. */
final class FreeSlots {
  private final int[] slots;
  private int count;

  /** All of {@code [0, size)} free. */
  FreeSlots(int size) {
    slots = new int[size];
    for (int i = size - 1; i >= 0; i--) {
      release(i);
    }
  }

  /** A free slot, or -1. */
  int take() {
    return count == 0 ? -1 : slots[--count];
  }

  void release(int slot) {
    slots[count++] = slot;
  }
}
