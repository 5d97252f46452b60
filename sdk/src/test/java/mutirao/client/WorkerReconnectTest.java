package mutirao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a worker gets its reports home, and how it leaves. */
@Timeout(60)
class WorkerReconnectTest {

  @Test
  void aReportIsSentAgainUntilItIsRecorded() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.give("t1", 1, "{}");
      ClientFrame.Done first = stage.connection.next(ClientFrame.Done.class);
      stage.comeBack(true);
      assertEquals(first, stage.connection.next(ClientFrame.Done.class));
      stage.comeBack(false);
      ClientFrame.Done third = stage.connection.next(ClientFrame.Done.class);
      assertEquals(first, third);
      stage.record(third);
      // What comes next is about the next task, so the first is settled.
      stage.give("t2", 1, "{}");
      stage.record(stage.connection.next(ClientFrame.Done.class));
      stage.comeBack(true);
      stage.give("t3", 1, "{}");
      assertEquals("t3", stage.connection.next(ClientFrame.Done.class).task());
    }
  }

  @Test
  void aStaleReportIsNotSentAgain() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.give("t1", 1, "{}");
      stage.connection.next(ClientFrame.Done.class);
      stage.comeBack(false);
      ClientFrame.Done again = stage.connection.next(ClientFrame.Done.class);
      stage.connection.send(
          new ServerFrame.Error(
              again.ref(), ErrorCode.STALE_ATTEMPT, "stale", "attempt", null, null, "t1"));
      stage.give("t2", 1, "{}");
      stage.record(stage.connection.next(ClientFrame.Done.class));
      stage.comeBack(true);
      stage.give("t3", 1, "{}");
      assertEquals("t3", stage.connection.next(ClientFrame.Done.class).task());
    }
  }

  @Test
  void aReportTheServerCannotTakeYetIsSentAgain() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.give("t1", 1, "{}");
      ClientFrame.Done first = stage.connection.next(ClientFrame.Done.class);
      stage.connection.send(
          new ServerFrame.Error(first.ref(), ErrorCode.OVERLOADED, "later", null, null, 1L, "t1"));
      ClientFrame.Done again = stage.connection.next(ClientFrame.Done.class);
      assertEquals("t1", again.task());
      stage.record(again);
    }
  }

  @Test
  void anAttemptGoesOnOverABreak() {
    Semaphore go = new Semaphore(0);
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                _ -> {
                  go.acquire();
                  return 7;
                }))) {
      stage.give("t1", 1, "{}");
      ClientFrame.Register again = stage.comeBack(true);
      assertEquals("secret-of-Worker-1", again.resume());
      assertEquals(2, again.slots());
      go.release();
      assertEquals("t1", stage.connection.next(ClientFrame.Done.class).task());
    }
  }

  @Test
  void aTaskThatIsGivenAgainAfterABreakIsNotRunTwice() {
    AtomicInteger runs = new AtomicInteger();
    Semaphore go = new Semaphore(0);
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                _ -> {
                  go.acquire();
                  return runs.incrementAndGet();
                }))) {
      stage.give("t1", 1, "{}");
      stage.comeBack(true);
      stage.give("t1", 1, "{}");
      go.release(2);
      assertEquals("1", stage.connection.next(ClientFrame.Done.class).result().toString());
      stage.comeBack(true);
      // Given again while its report is on the way: the report is the answer.
      stage.give("t1", 1, "{}");
      assertEquals("1", stage.connection.next(ClientFrame.Done.class).result().toString());
      stage.give("t2", 1, "{}");
      assertEquals("2", stage.connection.next(ClientFrame.Done.class).result().toString());
    }
  }

  @Test
  void anAttemptOfALostSessionIsInterrupted() {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                task -> {
                  if (task.attempt() == 2) {
                    return "by somebody";
                  }
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.complete(task.isCancelled());
                  }
                  return "too late";
                }))) {
      stage.give("t1", 1, "{}");
      assertTrue(await(begun));
      stage.comeBack(false);
      assertTrue(Stage.get(interrupted));
      stage.give("t1", 2, "{}");
      assertEquals(2, stage.connection.next(ClientFrame.Done.class).attempt());
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(Stage.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void drainingFinishesWhatRunsAndLeavesOnceItIsRecorded() throws InterruptedException {
    Semaphore go = new Semaphore(0);
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                _ -> {
                  go.acquire();
                  return 7;
                }))) {
      stage.give("t1", 1, "{}");
      CompletableFuture<ClientListener.Connection.Closed> left = stage.worker.drain();
      ClientFrame.Drain drain = stage.connection.next(ClientFrame.Drain.class);
      stage.connection.send(new ServerFrame.Draining(drain.ref(), 1));
      go.release();
      ClientFrame.Done done = stage.connection.next(ClientFrame.Done.class);
      assertFalse(left.isDone());
      stage.record(done);
      stage.connection.expectQuit();
      assertEquals(MutiraoException.CLOSED, Stage.get(left).code());
      stage.worker.await();
    }
  }

  @Test
  void drainingGoesOnOverABreakAndUnderANewSession() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.give("t1", 1, "{}");
      stage.connection.next(ClientFrame.Done.class);
      stage.worker.drain();
      ClientFrame.Drain drain = stage.connection.next(ClientFrame.Drain.class);
      stage.connection.send(new ServerFrame.Draining(drain.ref(), 1));
      stage.comeBack(false);
      ClientFrame.Done done = stage.connection.next(ClientFrame.Done.class);
      ClientFrame again = stage.connection.next();
      // The answer to the first drain may have been lost with the connection, or not.
      ClientFrame.Drain repeated = (ClientFrame.Drain) again;
      stage.record(done);
      stage.connection.send(new ServerFrame.Draining(repeated.ref(), 0));
      stage.connection.expectQuit();
      assertEquals(MutiraoException.CLOSED, Stage.get(stage.worker.client().closed()).code());
    }
  }

  @Test
  void drainingAnIdleWorkerWithoutAConnectionEndsAtOnce() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.server.close();
      assertEquals(MutiraoException.CLOSED, Stage.get(stage.worker.drain()).code());
    }
  }

  @Test
  void closingInterruptsWhatRuns() {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                task -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.complete(task.isCancelled());
                  }
                  return "too late";
                }))) {
      stage.give("t1", 1, "{}");
      assertTrue(await(begun));
      CompletableFuture<Void> closing = CompletableFuture.runAsync(stage.worker::close);
      stage.connection.expectQuit();
      Stage.get(closing);
      assertTrue(Stage.get(interrupted));
    }
  }

  @Test
  void aWorkerThatHasToGiveUpSaysWhy() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 7))) {
      stage.connection.close();
      stage.connection = stage.server.accept();
      stage.connection.refuse(
          stage.connection.next(ClientFrame.Register.class).ref(), ErrorCode.UNAUTHORIZED);
      MutiraoException why = assertThrows(MutiraoException.class, stage.worker::await);
      assertTrue(why.is(ErrorCode.UNAUTHORIZED));
    }
  }
}
