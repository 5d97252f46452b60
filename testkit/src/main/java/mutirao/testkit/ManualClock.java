package mutirao.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import mutirao.server.Clock;

/** A clock that stands still until it is told to move on. Thread-safe. */
public final class ManualClock implements Clock {

  /** Where every manual clock begins: 1 January 2026, so that times in tests can be read. */
  public static final long START_MS = 1_767_225_600_000L;

  private final AtomicLong nowMs = new AtomicLong(START_MS);

  @Override
  public long nowMs() {
    return nowMs.get();
  }

  /**
   * Moves on; a server has to be told, see {@link TestServer#advance}.
   *
   * @throws IllegalArgumentException where {@code by} is negative: this clock never goes back
   */
  void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back");
    }
    nowMs.addAndGet(by.toMillis());
  }
}
