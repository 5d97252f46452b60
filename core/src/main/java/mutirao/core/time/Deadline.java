package mutirao.core.time;

/**
 * One future instant of one owner. Subclass or embed it; it knows its own place in {@link
 * Deadlines}, so that moving it costs no search.
 */
public abstract class Deadline {
  static final int ABSENT = -1;

  long atMs;
  long order;
  int position = ABSENT;

  /** When it is due, in epoch milliseconds; meaningless while it is not {@link #pending}. */
  public final long atMs() {
    return atMs;
  }

  /** True while it waits in a {@link Deadlines}. */
  public final boolean pending() {
    return position != ABSENT;
  }
}
