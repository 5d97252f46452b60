package mutirao.chaos.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How fast one client goes, and until when. Thread-safe. */
final class Pace {
  private final CountDownLatch over;
  private final long pauseNanos;

  private final Progress progress;

  Pace(CountDownLatch over, Duration pause, Progress progress) {
    this.over = over;
    this.pauseNanos = pause.toNanos();
    this.progress = progress;
  }

  /** Something was acknowledged. */
  void acknowledged() {
    progress.add();
  }

  /** Waits for the next turn; false: there is none any more. */
  boolean next() throws InterruptedException {
    return !over.await(pauseNanos, TimeUnit.NANOSECONDS);
  }
}
