package mutirao.client.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: any time up to a bound that doubles with each try ("full
 * jitter", as Marc Brooker calls it in his "Exponential Backoff And Jitter"), so that the clients
 * of a server that went away do not come back all at once. Not thread-safe.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final long firstMs;
  private final long longestMs;
  private final RandomGenerator random;

  /** A back-off between these bounds. */
  public Backoff(long firstMs, long longestMs, RandomGenerator random) {
    this.firstMs = firstMs;
    this.longestMs = longestMs;
    this.random = random;
  }

  /** The wait before try {@code attempt}, which counts from 1. */
  public long delayMs(int attempt) {
    return random.nextLong(boundMs(attempt) + 1);
  }

  /** The longest wait before try {@code attempt}. */
  public long boundMs(int attempt) {
    int doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
    // Compared before it is multiplied, so that it cannot overflow.
    return firstMs > longestMs >> doublings ? longestMs : firstMs << doublings;
  }
}
