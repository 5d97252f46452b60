package mutirao.server;

import java.util.concurrent.TimeUnit;

/** The only way the server learns what time it is. */
@FunctionalInterface
public interface Clock {

  /**
   * The wall clock as it was at the call, moved on by the monotonic clock: a step of the system's
   * clock while the server runs shortens no timeout.
   */
  static Clock system() {
    long startMs = System.currentTimeMillis();
    long startNs = System.nanoTime();
    return () -> startMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
  }

  /** Epoch milliseconds. */
  long nowMs();
}
