package mutirao.server.access;

import java.util.Map;

/**
 * Counts wrong passwords a user: guessing is stopped long before it leads anywhere. Who has a token
 * is not kept out by who guesses.
 */
final class Throttle {
  static final int MOST_FAILURES = 10;
  static final long WINDOW_MS = 900_000;

  /** Names remembered: who makes up more forgets the first. */
  private static final int MAX_NAMES = 10_000;

  private final Map<String, Count> failures = new Remembered<>(MAX_NAMES);

  private record Count(int times, long endsAtMs) {}

  /** How long nobody may try; 0: now. */
  long waitMs(String user, long nowMs) {
    Count count = failures.get(user);
    if (count == null || count.endsAtMs() <= nowMs) {
      failures.remove(user);
      return 0;
    }
    return count.times() < MOST_FAILURES ? 0 : count.endsAtMs() - nowMs;
  }

  /** A try begins: it counts as failed until it is known not to be, however many are under way. */
  void tries(String user, long nowMs) {
    Count count = failures.get(user);
    failures.put(
        user,
        count == null
            ? new Count(1, nowMs + WINDOW_MS)
            : new Count(count.times() + 1, count.endsAtMs()));
  }

  /** A try was not made after all. */
  void untried(String user) {
    Count count = failures.get(user);
    if (count != null) {
      failures.put(user, new Count(count.times() - 1, count.endsAtMs()));
    }
  }

  void succeeded(String user) {
    failures.remove(user);
  }
}
