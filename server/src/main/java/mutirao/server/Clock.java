package mutirao.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The only way the server learns what time it is. */
@FunctionalInterface
public interface Clock {

  /**
   * The wall clock as it was at the call, moved on by the monotonic clock: a step of the system's
   * clock while the server runs shortens no timeout.
   */
  static Clock system() {
    return steady(System::currentTimeMillis, System::nanoTime);
  }

  /**
   * Such a clock over clocks of the caller's.
   *
   * @param wallMs epoch milliseconds, read once
   * @param monotonicNs nanoseconds that never step
   */
  static Clock steady(LongSupplier wallMs, LongSupplier monotonicNs) {
    long startMs = wallMs.getAsLong();
    long startNs = monotonicNs.getAsLong();
    return () -> startMs + TimeUnit.NANOSECONDS.toMillis(monotonicNs.getAsLong() - startNs);
  }

  /** Epoch milliseconds. */
  long nowMs();
}
