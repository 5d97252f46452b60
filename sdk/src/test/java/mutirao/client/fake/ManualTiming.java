package mutirao.client.fake;

import java.util.Comparator;
import java.util.PriorityQueue;
import mutirao.client.link.Timing;
import org.jspecify.annotations.Nullable;

/** Time that stands still until the test moves it on. Thread-safe. */
public final class ManualTiming implements Timing {

  private record Waiting(long dueMs, long number, Runnable work) {}

  private final PriorityQueue<Waiting> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::dueMs).thenComparingLong(Waiting::number));
  private long nowMs = 1_000_000;
  private long count;

  @Override
  public synchronized long nowMs() {
    return nowMs;
  }

  @Override
  public synchronized Timer after(long delayMs, Runnable work) {
    Waiting waiting = new Waiting(nowMs + delayMs, count++, work);
    timers.add(waiting);
    return () -> remove(waiting);
  }

  private synchronized void remove(Waiting waiting) {
    timers.remove(waiting);
  }

  /** Moves on, and runs on this thread what is due on the way. */
  public void advance(long byMs) {
    long untilMs = nowMs() + byMs;
    for (Waiting next = takeDue(untilMs); next != null; next = takeDue(untilMs)) {
      next.work.run();
    }
  }

  private synchronized @Nullable Waiting takeDue(long untilMs) {
    Waiting next = timers.peek();
    if (next == null || next.dueMs > untilMs) {
      nowMs = untilMs;
      return null;
    }
    nowMs = Math.max(nowMs, next.dueMs);
    return timers.remove();
  }
}
