package mutirao.core.time;

import mutirao.core.image.StateImage.Due;

/** Where many deadlines stood at one moment, without an object for each. */
public final class Dues {
  private final long[] atMs;
  private final long[] orders;
  private final int[] places;

  /** Room for {@code count} deadlines. */
  public Dues(int count) {
    atMs = new long[count];
    orders = new long[count];
    places = new int[count];
  }

  /** Writes down where a deadline stands. */
  public void set(int at, Deadline deadline) {
    atMs[at] = deadline.atMs;
    orders[at] = deadline.order;
    places[at] = deadline.position;
  }

  /** What was written down. */
  public Due get(int at) {
    return new Due(atMs[at], orders[at], places[at]);
  }
}
