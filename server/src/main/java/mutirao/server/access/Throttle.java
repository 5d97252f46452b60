package mutirao.server.access;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Counts failures by key: with so many within a window the key is locked, the longer the sooner it
 * was locked before. Tries under way count, too, or many at once would get around it; but they are
 * no failures yet, so nobody is locked out for coming with company. Owned by the thread that owns
 * the gateway.
 */
final class Throttle {
  private final int most;
  private final long windowMs;
  private final long longestMs;
  private final Map<String, Count> counts;

  private static final class Count {
    private final Deque<Long> failedAtMs = new ArrayDeque<>(1);
    private int underWay;

    /** 0: it never was. */
    private long lockMs;

    private long lockedUntilMs;
  }

  /**
   * A throttle.
   *
   * @param most failures within {@code windowMs}, of any length of time as long as that
   * @param windowMs also for how long a key is locked the first time
   * @param longestMs each further time it is twice as long, but no longer than this
   * @param keys how many are remembered; one too many, and the one that has been quiet for longest
   *     is forgotten
   */
  Throttle(int most, long windowMs, long longestMs, int keys) {
    this.most = most;
    this.windowMs = windowMs;
    this.longestMs = longestMs;
    this.counts = new Remembered<>(keys);
  }

  /** For how long a key is locked; 0: it is not. */
  long lockedMs(String key, long nowMs) {
    Count count = counts.get(key);
    return count == null || count.lockMs == 0 ? 0 : Math.max(0, count.lockedUntilMs - nowMs);
  }

  /** Whether more tries are under way than there may still be failures. */
  boolean isBusy(String key, long nowMs) {
    Count count = counts.get(key);
    return count != null && recent(count, nowMs) + count.underWay >= most;
  }

  /** A try begins, of which it is not known yet how it ends. */
  void begins(String key) {
    counts.computeIfAbsent(key, _ -> new Count()).underWay++;
  }

  /** A try that began was none, or no failure. */
  void ends(String key) {
    Count count = counts.get(key);
    if (count != null) {
      count.underWay = Math.max(0, count.underWay - 1);
      if (count.underWay == 0 && count.failedAtMs.isEmpty() && count.lockMs == 0) {
        counts.remove(key);
      }
    }
  }

  /**
   * Something failed, begun or not.
   *
   * @return whether that locks the key
   */
  boolean failed(String key, long nowMs) {
    Count known = counts.remove(key);
    Count count = known == null ? new Count() : known;
    counts.put(key, count);
    count.failedAtMs.add(nowMs);
    if (recent(count, nowMs) < most) {
      return false;
    }
    boolean again = count.lockMs > 0 && nowMs - count.lockedUntilMs < count.lockMs;
    count.lockMs = again ? Math.min(2 * count.lockMs, longestMs) : windowMs;
    count.lockedUntilMs = nowMs + count.lockMs;
    count.failedAtMs.clear();
    return true;
  }

  private int recent(Count count, long nowMs) {
    while (!count.failedAtMs.isEmpty() && nowMs - count.failedAtMs.getFirst() >= windowMs) {
      count.failedAtMs.removeFirst();
    }
    return count.failedAtMs.size();
  }
}
