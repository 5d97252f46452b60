package mutirao.web.kit;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits, with a bound, for what comes by itself. */
public final class Await {
  /** Longer than anything takes that comes at all. */
  public static final long PATIENCE_SECONDS = 30;

  private Await() {}

  /** Looks again and again until it sees what it should. */
  public static <T> T until(Supplier<T> look, Predicate<T> wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    T seen = look.get();
    while (!wanted.test(seen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still " + seen);
      }
      Thread.onSpinWait();
      seen = look.get();
    }
    return seen;
  }
}
