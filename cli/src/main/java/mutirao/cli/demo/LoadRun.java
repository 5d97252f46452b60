package mutirao.cli.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import mutirao.cli.tasks.Params;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** Many tasks through one client, a fixed number of them under way, every answer checked. */
final class LoadRun {
  private static final int OUTSTANDING = 256;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What came of it.
   *
   * @param tasks how many were run
   * @param wrong how many did not come back with the right sum
   * @param perSecond tasks a second
   * @param medianMs half of the tasks were back within this time
   * @param p99Ms and all but one in a hundred within this
   */
  record Outcome(int tasks, int wrong, double perSecond, double medianMs, double p99Ms) {}

  private final MutiraoClient client;
  private final int tasks;
  private final AtomicLongArray tookNanos;
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final Semaphore room = new Semaphore(OUTSTANDING);

  LoadRun(MutiraoClient client, int tasks) {
    this.client = client;
    this.tasks = tasks;
    this.tookNanos = new AtomicLongArray(tasks);
  }

  /**
   * Runs them all and returns when the last one is back.
   *
   * @param progress told now and then how many are
   */
  Outcome run(IntConsumer progress) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      room.acquire();
      submit(i);
      progress.accept(finished.get());
    }
    room.acquire(OUTSTANDING);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    progress.accept(tasks);
    long[] sorted = new long[tasks];
    Arrays.setAll(sorted, tookNanos::get);
    Arrays.sort(sorted);
    return new Outcome(
        tasks, wrong.get(), tasks / seconds, milliseconds(sorted, 50), milliseconds(sorted, 99));
  }

  private void submit(int number) {
    RawJson expected = RawJson.of(Integer.toString(2 * number + 1));
    long begun = System.nanoTime();
    TaskHandle handle =
        client.submit(
            TaskRequest.of("sum").params(Map.of(Params.NUMBERS, List.of(number, number + 1))));
    var _ =
        handle
            .result()
            .handle(
                (result, failure) -> {
                  tookNanos.set(number, System.nanoTime() - begun);
                  count(result, expected);
                  return failure;
                });
  }

  private void count(@Nullable TaskResult result, RawJson expected) {
    if (result == null || !expected.equals(result.result())) {
      wrong.incrementAndGet();
    }
    finished.incrementAndGet();
    room.release();
  }

  private static double milliseconds(long[] sortedNanos, int percentile) {
    int index = (int) Math.ceil(sortedNanos.length * percentile / 100.0) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }
}
