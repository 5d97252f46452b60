package mutirao.server.access;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where slow computations are done. Called by the thread that asks. */
public interface Hashing {

  /** Computations that may wait: about two seconds' worth. */
  int MAX_WAITING = 32;

  /**
   * Computes something; {@code then} hears what on the thread that asks, at once or later.
   *
   * @return false where too many wait already; then {@code then} hears nothing
   */
  <T> boolean compute(Supplier<T> work, Consumer<T> then);

  /** At once, for whoever has no threads. */
  static Hashing atOnce() {
    return new Hashing() {
      @Override
      public <T> boolean compute(Supplier<T> work, Consumer<T> then) {
        then.accept(work.get());
        return true;
      }
    };
  }

  /**
   * On one thread that rests for as long as it worked while others wait: a flood of logins never
   * takes more than half a core. Results go through {@code later}. The thread ends by itself when
   * it has had nothing to do for a while.
   */
  static Hashing onOneThread(Consumer<Runnable> later) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work -> {
              Thread thread = new Thread(work, "mutirao-passwords");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return new Hashing() {
      @Override
      public <T> boolean compute(Supplier<T> work, Consumer<T> then) {
        try {
          executor.execute(
              () -> {
                long beganNs = System.nanoTime();
                T result = work.get();
                later.accept(() -> then.accept(result));
                if (!executor.getQueue().isEmpty()) {
                  LockSupport.parkNanos(System.nanoTime() - beganNs);
                }
              });
          return true;
        } catch (RejectedExecutionException full) {
          return false;
        }
      }
    };
  }
}
