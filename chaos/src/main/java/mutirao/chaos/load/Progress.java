package mutirao.chaos.load;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Counts what was acknowledged to all clients together. Thread-safe. */
public final class Progress {
  private long count;
  private long lastNanos = System.nanoTime();

  synchronized void add() {
    count++;
    lastNanos = System.nanoTime();
    notifyAll();
  }

  /** How many so far. */
  public synchronized long count() {
    return count;
  }

  /** When the last one was, on the clock of {@link System#nanoTime}. */
  public synchronized long lastNanos() {
    return lastNanos;
  }

  /**
   * Waits for so many more.
   *
   * @throws TimeoutException where they do not come: the system is stuck
   */
  public synchronized void awaitMore(long more, Duration atMost)
      throws InterruptedException, TimeoutException {
    long wanted = count + more;
    long deadline = System.nanoTime() + atMost.toNanos();
    while (count < wanted) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException(
            (wanted - count) + " of " + more + " acknowledgements are missing after " + atMost);
      }
      wait(left);
    }
  }
}
