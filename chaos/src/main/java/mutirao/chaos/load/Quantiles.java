package mutirao.chaos.load;

/** Reads shares off what was measured, by the nearest rank. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The smallest value that at least this share of all does not exceed.
   *
   * @param sorted what was measured, in rising order; not empty
   * @param share above 0 and at most 1
   */
  public static long at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
