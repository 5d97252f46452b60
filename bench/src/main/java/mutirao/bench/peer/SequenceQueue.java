package mutirao.bench.peer;

/** Sequence numbers in the order they were sent, for peers that confirm by order alone. */
public final class SequenceQueue {
  private long[] numbers = new long[128];
  private int first;
  private int count;

  /** One more was sent. */
  public void add(long sequence) {
    if (count == numbers.length) {
      long[] larger = new long[2 * count];
      for (int i = 0; i < count; i++) {
        larger[i] = numbers[(first + i) & (count - 1)];
      }
      numbers = larger;
      first = 0;
    }
    numbers[(first + count++) & (numbers.length - 1)] = sequence;
  }

  /** The one that was sent first; -1 where there is none. */
  public long remove() {
    if (count == 0) {
      return -1;
    }
    long sequence = numbers[first];
    first = (first + 1) & (numbers.length - 1);
    count--;
    return sequence;
  }
}
