package mutirao.server.tcp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import mutirao.server.access.Networks;

/**
 * How many connections each address has, so that one cannot take all. This machine's own addresses
 * are not counted: who is here has other means. One thread at a time.
 */
public final class Addresses {
  /** What to do with somebody who comes. */
  public enum Verdict {
    WELCOME,
    /** Told that there are too many. */
    TOO_MANY,
    /** So many that not even that is worth it. */
    FLOOD
  }

  private final int max;
  private final Predicate<InetAddress> spared;
  private final Map<String, Integer> counts = new HashMap<>();

  /** At most so many of each. */
  public Addresses(int max) {
    this(max, InetAddress::isLoopbackAddress);
  }

  /** Spares others than this machine; for tests, which connect from nowhere else. */
  public Addresses(int max, Predicate<InetAddress> spared) {
    this.max = max;
    this.spared = spared;
  }

  /** Counts one more, whatever the verdict. */
  public Verdict enter(InetAddress address) {
    if (spared.test(address)) {
      return Verdict.WELCOME;
    }
    int count = counts.merge(Networks.of(address), 1, Integer::sum);
    if (count <= max) {
      return Verdict.WELCOME;
    }
    return count <= 2L * max ? Verdict.TOO_MANY : Verdict.FLOOD;
  }

  /** One that entered is gone. */
  public void leave(InetAddress address) {
    if (!spared.test(address)) {
      counts.computeIfPresent(Networks.of(address), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Addresses that are counted now. */
  int size() {
    return counts.size();
  }
}
