package mutirao.raft.group;

import java.util.function.LongSupplier;

/**
 * The one time of a group. The leader's clock makes it: it is stamped on every entry, never goes
 * back, and comes closer to the leader's clock slowly where an earlier leader's was ahead.
 * Everybody else goes by the newest stamp. Thread-safe.
 */
public final class LogTime {
  /** A leader whose clock is behind gives back one millisecond in so many. */
  private static final int CATCH_UP = 10;

  private final LongSupplier clock;
  private long lastMs = Long.MIN_VALUE;
  private long aheadMs;
  private long sinceMs;
  private boolean leading;

  /** Nothing was stamped yet; {@code clock} counts epoch milliseconds and never goes back. */
  public LogTime(LongSupplier clock) {
    this.clock = clock;
  }

  /** An entry with this stamp took effect here. */
  public synchronized void saw(long stampMs) {
    lastMs = Math.max(lastMs, stampMs);
    if (!leading) {
      sinceMs = clock.getAsLong();
      aheadMs = lastMs - sinceMs;
    }
  }

  /** From here on this server's clock counts. */
  public synchronized void lead() {
    leading = true;
    sinceMs = clock.getAsLong();
    aheadMs = lastMs == Long.MIN_VALUE ? 0 : Math.max(0, lastMs - sinceMs);
  }

  /** Another server's clock counts. */
  public synchronized void follow() {
    if (leading) {
      long nowMs = clock.getAsLong();
      aheadMs = at(nowMs) - nowMs;
      sinceMs = nowMs;
      leading = false;
    }
  }

  /** The stamp of an entry that is made now. */
  public synchronized long stamp() {
    lastMs = Math.max(lastMs, at(clock.getAsLong()));
    return lastMs;
  }

  /** The group's time when the clock here shows {@code localMs}. */
  public synchronized long at(long localMs) {
    return localMs + (leading ? Math.max(0, aheadMs - (localMs - sinceMs) / CATCH_UP) : aheadMs);
  }
}
