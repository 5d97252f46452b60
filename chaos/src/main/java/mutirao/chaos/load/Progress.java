package mutirao.chaos.load;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Counts what was acknowledged to all clients together. Thread-safe. */
public final class Progress {
  private long count;

  synchronized void add() {
    count++;
    notifyAll();
  }

  /** How much was acknowledged so far. */
  synchronized long count() {
    return count;
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
