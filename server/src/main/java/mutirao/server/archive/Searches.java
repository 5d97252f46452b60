package mutirao.server.archive;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where searches run, so that a slow one holds nobody up but other searches. Platform threads,
 * because SQLite's native code would keep the carriers of virtual ones from everybody else; few,
 * because the archive is beside the point of a server.
 */
final class Searches implements AutoCloseable {
  /** Searches that run at once. */
  static final int MAX_AT_ONCE = 2;

  /** Searches that wait for these. */
  static final int MAX_WAITING = 32;

  private static final long IDLE_SECONDS = 10;
  private static final long CLOSED_WITHIN_SECONDS = 3;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_AT_ONCE,
          MAX_AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("mutirao-search-", 1).daemon().factory());

  Searches() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs {@code search} some time; false where too many wait already. */
  boolean run(Runnable search) {
    try {
      threads.execute(search);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** What waits is not run any more; what runs has a moment to end. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean _ = threads.awaitTermination(CLOSED_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
