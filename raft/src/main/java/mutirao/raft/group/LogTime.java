package mutirao.raft.group;

import java.util.function.LongSupplier;

/**
 * The one time of a group. The leader's clock makes it: it is stamped on every entry and never goes
 * back. Everybody else goes by the newest stamp, and goes on from there when it leads: a clock that
 * is an hour ahead or behind does not take an hour from anybody, but comes nearer slowly. Only who
 * knows nothing but what was on its disk believes its clock: nobody knows how long all were away.
 *
 * <p>A new leader's time stands still until its term has begun, so that nothing is due before
 * everybody was given the time back in which there was no leader. Thread-safe.
 */
public final class LogTime {
  /** A leader whose clock is behind gives back one millisecond in so many. */
  private static final int FALL_BACK = 10;

  /** One whose clock is ahead gains one in so many: nobody's time becomes much shorter. */
  private static final int CATCH_UP = 100;

  /** Whatever keeps a term from beginning, time goes on then. */
  private static final long LONGEST_STILL_MS = 2000;

  private final LongSupplier clock;
  private long lastMs = Long.MIN_VALUE;
  private long aheadMs;
  private long sinceMs;
  private boolean leading;
  private boolean lived;
  private boolean still;

  /** Nothing was stamped yet; {@code clock} counts epoch milliseconds and never goes back. */
  public LogTime(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * An entry with this stamp took effect here.
   *
   * @param own this server asked for it since its start, so that the stamp is no old one
   */
  public synchronized void saw(long stampMs, boolean own) {
    lastMs = Math.max(lastMs, stampMs);
    lived |= own;
    if (!leading) {
      sinceMs = clock.getAsLong();
      aheadMs = lastMs - sinceMs;
    }
  }

  /** From here on this server's clock counts; time goes on with {@link #begin}. */
  public synchronized void lead() {
    long nowMs = clock.getAsLong();
    long goesOnMs = lived || leading ? at(nowMs) : nowMs;
    aheadMs = Math.max(lastMs, goesOnMs) - nowMs;
    sinceMs = nowMs;
    leading = true;
    lived = true;
    still = lastMs != Long.MIN_VALUE;
  }

  /** Whether time stands still, because this server leads and its term has not begun. */
  public synchronized boolean standsStill() {
    still &= leading && clock.getAsLong() - sinceMs < LONGEST_STILL_MS;
    return still;
  }

  /** The term of this server begins. */
  public synchronized void begin() {
    still = false;
  }

  /** Another server's clock counts. */
  public synchronized void follow() {
    if (leading) {
      long nowMs = clock.getAsLong();
      still = false;
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
    if (!leading) {
      return localMs + aheadMs;
    }
    if (standsStill()) {
      return lastMs;
    }
    long passedMs = localMs - sinceMs;
    return localMs
        + (aheadMs > 0
            ? Math.max(0, aheadMs - passedMs / FALL_BACK)
            : Math.min(0, aheadMs + passedMs / CATCH_UP));
  }
}
