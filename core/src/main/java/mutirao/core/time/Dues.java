package mutirao.core.time;

import java.util.function.BiConsumer;
import mutirao.core.image.StateImage.Due;

/** All deadlines that waited at one moment; does not change, so any thread may read it. */
public final class Dues {
  private final Deadline[] heap;
  private final long[] atMs;
  private final long[] orders;

  Dues(Deadline[] heap, long[] atMs, long[] orders) {
    this.heap = heap;
    this.atMs = atMs;
    this.orders = orders;
  }

  /** Tells of each where it stood. */
  public void forEach(BiConsumer<Deadline, Due> told) {
    for (int i = 0; i < heap.length; i++) {
      told.accept(heap[i], new Due(atMs[i], orders[i], i));
    }
  }
}
