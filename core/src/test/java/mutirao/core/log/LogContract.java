package mutirao.core.log;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import mutirao.core.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Log} must do. A new one starts by subclassing this. */
public abstract class LogContract {
  private static final long PATIENCE_SECONDS = 20;

  private final List<Log.Batch> committed = new CopyOnWriteArrayList<>();
  private final List<Long> firstIndexes = new CopyOnWriteArrayList<>();
  private final ReentrantLock listening = new ReentrantLock();
  private volatile boolean overlapped;
  private Log log = new MemoryLog();

  /** A fresh, empty log that is not started. */
  protected abstract Log create() throws Exception;

  @BeforeEach
  void make() throws Exception {
    log = create();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void deliversEachBatchOnceInOrderWithoutGaps() throws InterruptedException {
    CountDownLatch all = start(100);
    long expected = 1;
    List<Long> expectedIndexes = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      appendAndWait(batch(i, 1 + i % 3), all, all.getCount() - 1);
      expectedIndexes.add(expected);
      expected += 1 + i % 3;
    }
    assertTrue(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(100, committed.size());
    for (int i = 0; i < 100; i++) {
      assertEquals(i + 1, committed.get(i).id());
    }
    assertEquals(expectedIndexes, firstIndexes);
  }

  @Test
  void deliversWhatWasAppendedUnchanged() throws InterruptedException {
    CountDownLatch all = start(1);
    Log.Batch batch =
        new Log.Batch(
            1, 1234, -5, List.of(new Command.DrainWorker(7), new Command.JoinRoom(8, "obras")));
    log.append(batch);
    assertTrue(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    Log.Batch delivered = committed.getFirst();
    // The time is the log's own.
    assertEquals(
        batch,
        new Log.Batch(delivered.id(), batch.timeMs(), delivered.seed(), delivered.commands()));
  }

  @Test
  void tellsOneListenerByOneThreadAtATime() throws InterruptedException {
    CountDownLatch all = start(50);
    for (int i = 1; i <= 50; i++) {
      appendAndWait(batch(i, 1), all, all.getCount() - 1);
    }
    assertTrue(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertFalse(overlapped, "two threads were inside the listener at once");
  }

  @Test
  void startsOnce() {
    start(1);
    assertThrows(IllegalStateException.class, () -> start(1));
  }

  @Test
  void takesNothingBeforeItIsStarted() {
    assertThrows(IllegalStateException.class, () -> log.append(batch(1, 1)));
  }

  @Test
  void deliversNothingAfterItIsClosed() {
    start(1);
    log.close();
    assertThrows(IllegalStateException.class, () -> log.append(batch(1, 1)));
    assertTrue(committed.isEmpty());
  }

  @Test
  void closesTwiceWithoutComplaint() {
    start(1);
    log.close();
    assertDoesNotThrow(log::close);
  }

  private CountDownLatch start(int batches) {
    CountDownLatch all = new CountDownLatch(batches);
    log.start(
        new Log.Listener() {
          @Override
          public void committed(long firstIndex, Log.Batch batch, boolean own) {
            if (!listening.tryLock()) {
              overlapped = true;
              return;
            }
            try {
              committed.add(batch);
              firstIndexes.add(firstIndex);
              assertTrue(own);
            } finally {
              listening.unlock();
            }
            all.countDown();
          }

          @Override
          public void failed(Log.Batch batch, boolean definite) {
            throw new AssertionError("batch " + batch.id() + " failed");
          }
        });
    return all;
  }

  /** At most one batch may be on its way, so each is waited for. */
  private void appendAndWait(Log.Batch batch, CountDownLatch all, long left)
      throws InterruptedException {
    log.append(batch);
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (all.getCount() > left) {
      assertTrue(System.nanoTime() < endNs, "batch " + batch.id() + " was never committed");
      Thread.onSpinWait();
    }
  }

  private static Log.Batch batch(long id, int commands) {
    List<Command> list = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      list.add(new Command.DrainWorker(id * 10 + i));
    }
    return new Log.Batch(id, 1000 + id, id * 31, list);
  }
}
