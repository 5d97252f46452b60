package mutirao.server.access;

import java.util.Map;
import mutirao.protocol.ClientFrame;

/**
 * How much one user may ask of one server, whatever the number of connections: a token bucket for
 * messages and one for tasks. So no user fills the line that all share. Without users there are
 * none: nobody can be told from anybody. Owned by the thread that owns the gateway.
 */
public final class Rates {
  static final int MESSAGES_A_SECOND = 100;
  static final int MESSAGES_AT_ONCE = 1000;
  static final int SUBMITS_AT_ONCE = 50_000;

  /** More than there can be users. */
  private static final int MAX_USERS = 4000;

  private static final int MS_A_SECOND = 1000;

  private final int submitsASecond;
  private final Map<String, Buckets> users = new Remembered<>(MAX_USERS);

  /** Nobody has asked for anything yet. */
  public Rates(int submitsASecond) {
    this.submitsASecond = submitsASecond;
  }

  private static final class Buckets {
    private final Bucket messages = new Bucket(MESSAGES_A_SECOND, MESSAGES_AT_ONCE);
    private final Bucket submits;

    Buckets(int submitsASecond) {
      this.submits = new Bucket(submitsASecond, SUBMITS_AT_ONCE);
    }
  }

  /** Counts in thousandths, so that a millisecond adds a whole number. */
  private static final class Bucket {
    private final long aSecond;
    private final long most;
    private long left;
    private long filledAtMs = Long.MIN_VALUE;

    Bucket(int aSecond, int atOnce) {
      this.aSecond = aSecond;
      this.most = (long) atOnce * MS_A_SECOND;
      this.left = most;
    }

    long take(long nowMs) {
      if (filledAtMs != Long.MIN_VALUE && nowMs > filledAtMs) {
        left = Math.min(most, left + Math.min(nowMs - filledAtMs, most) * aSecond);
      }
      filledAtMs = nowMs;
      if (left >= MS_A_SECOND) {
        left -= MS_A_SECOND;
        return 0;
      }
      return Math.ceilDiv(MS_A_SECOND - left, aSecond);
    }
  }

  /** How long to wait before this may be asked; 0: now, and it counts. */
  public long waitMs(Principal who, ClientFrame frame, long nowMs) {
    boolean message = frame instanceof ClientFrame.Broadcast || frame instanceof ClientFrame.Direct;
    if (who.user().isEmpty() || !(message || frame instanceof ClientFrame.Submit)) {
      return 0;
    }
    Buckets buckets = users.computeIfAbsent(who.user(), _ -> new Buckets(submitsASecond));
    return (message ? buckets.messages : buckets.submits).take(nowMs);
  }
}
