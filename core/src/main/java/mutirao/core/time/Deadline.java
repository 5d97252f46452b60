package mutirao.core.time;

/**
 * One future instant of one owner. Subclass or embed it; it knows its own place in {@link
 * Deadlines}, so that moving it costs no search.
 */
public abstract class Deadline {
  /** The instant that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  static final int ABSENT = -1;

  int position = ABSENT;

  /** The instant {@code waitMs} after {@code nowMs}; {@link #NEVER} beyond the end of time. */
  public static long after(long nowMs, long waitMs) {
    long atMs = nowMs + waitMs;
    return waitMs > 0 && atMs < nowMs ? NEVER : atMs;
  }

  /** True while it waits in a {@link Deadlines}. */
  public final boolean pending() {
    return position != ABSENT;
  }
}
