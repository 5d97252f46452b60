package mutirao.server.access;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of a line that all share is whose. Nobody may hold more of it than is left for all
 * others: one user who floods is stopped at half, two at a third each, and everybody else still
 * gets in. Without users nobody can be told from anybody. Owned by whoever owns the line.
 */
public final class Shares {
  private final long maxItems;
  private final long maxBytes;
  private final Map<String, Share> users = new HashMap<>();

  private static final class Share {
    private int items;
    private long bytes;
  }

  /** Shares of a line that takes so much. */
  public Shares(long maxItems, long maxBytes) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  /**
   * Whether a user has as much as may be, in a line that holds so much.
   *
   * @param user empty where nobody had to say
   */
  public boolean used(String user, long items, long bytes) {
    Share share = users.get(user);
    return share != null && (share.items >= maxItems - items || share.bytes >= maxBytes - bytes);
  }

  /** Something of theirs is in line. */
  public void entered(String user, int bytes) {
    if (!user.isEmpty()) {
      Share share = users.computeIfAbsent(user, _ -> new Share());
      share.items++;
      share.bytes += bytes;
    }
  }

  /** Something of theirs is no longer in line. */
  public void left(String user, int bytes) {
    Share share = users.get(user);
    if (share != null) {
      share.items--;
      share.bytes -= bytes;
      if (share.items == 0) {
        users.remove(user);
      }
    }
  }
}
