package mutirao.server.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SearchesTest {
  private static final long PATIENCE_SECONDS = 20;

  @Test
  void soManyRunOrWaitAndTheNextIsNotTaken() throws InterruptedException {
    int most = Searches.MAX_AT_ONCE + Searches.MAX_WAITING;
    CountDownLatch begun = new CountDownLatch(Searches.MAX_AT_ONCE);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(most);
    Runnable slow =
        () -> {
          begun.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          done.countDown();
        };
    try (Searches searches = new Searches()) {
      int taken = 0;
      while (taken <= most && searches.run(slow)) {
        taken++;
      }
      assertEquals(most, taken);
      assertTrue(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      go.countDown();
      assertTrue(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void nothingRunsAfterTheEnd() {
    Searches searches = new Searches();
    searches.close();
    assertFalse(searches.run(() -> {}));
  }
}
