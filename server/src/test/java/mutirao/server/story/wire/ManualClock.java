package mutirao.server.story.wire;

import java.util.concurrent.atomic.AtomicLong;
import mutirao.server.Clock;

/** A clock that moves when it is told to. Thread-safe. */
public final class ManualClock implements Clock {
  private static final long START_MS = 1_800_000_000_000L;
  private static final long MOST_STEPS = 200;
  private static final long SHORTEST_STEP_MS = 50;

  private final AtomicLong nowMs = new AtomicLong(START_MS);

  @Override
  public long nowMs() {
    return nowMs.get();
  }

  /** Moves on. */
  public void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  /** Moves on in up to 200 equal steps; whoever depends on the clock acts after each. */
  public void advance(long ms, Runnable act) {
    long end = nowMs.get() + ms;
    long stepMs = Math.max(SHORTEST_STEP_MS, ms / MOST_STEPS);
    while (nowMs.get() < end) {
      nowMs.set(Math.min(end, nowMs.get() + stepMs));
      act.run();
    }
  }
}
