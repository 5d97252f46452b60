package mutirao.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialExecutorTest {

  @Test
  void neverRunsTwoAtOnceAndLosesNone() throws InterruptedException {
    SerialExecutor serial = SerialExecutor.forEvents("test", 1);
    int callers = 4;
    int each = 5_000;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(callers * each);
    for (int caller = 0; caller < callers; caller++) {
      Thread.startVirtualThread(
          () -> {
            for (int i = 0; i < each; i++) {
              serial.execute(
                  () -> {
                    if (running.incrementAndGet() > 1) {
                      overlaps.incrementAndGet();
                    }
                    running.decrementAndGet();
                    ran.countDown();
                  });
            }
          });
    }
    assertTrue(ran.await(20, TimeUnit.SECONDS));
    assertEquals(0, overlaps.get());
  }

  @Test
  void refusesWhatExceedsItsCapacityUnlessItMust() throws InterruptedException {
    SerialExecutor serial = SerialExecutor.forEvents("test", 2);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(3);
    serial.execute(
        () -> {
          begun.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    begun.await();
    assertTrue(serial.offer(ran::countDown));
    assertTrue(serial.offer(ran::countDown));
    assertFalse(serial.offer(ran::countDown));
    serial.execute(ran::countDown);
    go.countDown();
    assertTrue(ran.await(20, TimeUnit.SECONDS));
  }

  @Test
  void onlyTheOneForAnswersIsAnswering() throws InterruptedException {
    AtomicInteger answering = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(2);
    Runnable look =
        () -> {
          answering.addAndGet(SerialExecutor.isAnswering() ? 1 : 0);
          ran.countDown();
        };
    SerialExecutor.forAnswers("test", 1).execute(look);
    SerialExecutor.forEvents("test", 1).execute(look);
    assertTrue(ran.await(20, TimeUnit.SECONDS));
    assertEquals(1, answering.get());
    assertFalse(SerialExecutor.isAnswering());
  }
}
