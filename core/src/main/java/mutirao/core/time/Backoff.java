package mutirao.core.time;

import mutirao.core.Limits;

/** How long a failed task waits before its next attempt. */
public final class Backoff {
  private static final int LARGEST_SHIFT = 40;

  private Backoff() {}

  /**
   * The wait after attempt {@code attempt}: {@code backoffMs} × 2^(attempt−1), give or take a
   * fifth, at most an hour.
   *
   * @param chance any number; the same chance gives the same wait
   */
  public static long waitMs(long backoffMs, int attempt, long chance) {
    int shift = Math.min(attempt - 1, LARGEST_SHIFT);
    long longest = Limits.MAX_BACKOFF_MS;
    long plain = backoffMs > longest >> shift ? longest : backoffMs << shift;
    int spread = 2 * Limits.BACKOFF_JITTER_PERCENT + 1;
    long percent = 100 - Limits.BACKOFF_JITTER_PERCENT + Long.remainderUnsigned(chance, spread);
    return Math.min(longest, plain * percent / 100);
  }
}
