package mutirao.client.link;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The only way the client learns what time it is and waits; tests bring their own. Thread-safe. */
public interface Timing {

  /** Something that will happen unless it is cancelled in time. */
  @FunctionalInterface
  interface Timer {
    /** A timer for nothing. */
    Timer NONE = () -> {};

    /** Sees to it that it does not happen, unless it has begun already. */
    void cancel();
  }

  /** Milliseconds of a clock that is never set. */
  long nowMs();

  /** Runs {@code work}, which must be short, once {@code delayMs} have passed. */
  Timer after(long delayMs, Runnable work);

  /** Real time: all clients of a program share one thread for it. */
  static Timing system() {
    return SystemTiming.INSTANCE;
  }

  /** Real time. */
  final class SystemTiming implements Timing {
    private static final SystemTiming INSTANCE = new SystemTiming();

    private final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("mutirao-timer").factory());

    private SystemTiming() {
      timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nowMs() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Timer after(long delayMs, Runnable work) {
      Future<?> waiting = timer.schedule(work, delayMs, TimeUnit.MILLISECONDS);
      return () -> waiting.cancel(false);
    }
  }
}
