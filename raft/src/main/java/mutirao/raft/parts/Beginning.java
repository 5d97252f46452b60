package mutirao.raft.parts;

import java.util.concurrent.TimeUnit;

/**
 * Whether the server that leads has begun. Until its first entry is safe it refuses everything, and
 * Ratis uses no connection again on which it did: who asks too soon has to connect anew, in the
 * middle of a change of leaders. Where an entry of the term has taken effect, the leader has begun.
 * Thread-safe.
 */
public final class Beginning {
  /** A server that is far behind may ask all the same: it sees late that the leader has begun. */
  static final long AWAITED_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private volatile Term newest = new Term(-1, 0);

  /** A term, and when it was first seen here. */
  private record Term(long number, long sinceNs) {}

  /**
   * Whether to wait a moment before anything is sent to the leader.
   *
   * @param term the present one
   * @param appliedTerm the one of the last entry that has taken effect here
   * @param nowNs as {@link System#nanoTime}
   */
  public boolean isAwaited(long term, long appliedTerm, long nowNs) {
    if (appliedTerm >= term) {
      return false;
    }
    Term seen = newest;
    if (seen.number() != term) {
      seen = new Term(term, nowNs);
      newest = seen;
    }
    return nowNs - seen.sinceNs() < AWAITED_NS;
  }
}
