package mutirao.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mutirao.client.fake.FakeConnection;
import mutirao.client.fake.FakeServer;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker does with the tasks it is given. */
@Timeout(60)
class MutiraoWorkerTest {

  /** Runs one attempt of an operation and returns how it was reported. */
  private static ClientFrame report(Operation operation, String params) {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", operation))) {
      stage.give("t1", 1, params);
      ClientFrame report = stage.connection.next();
      assertFalse(report == null || report.ref() == null);
      return report;
    }
  }

  private static String failure(Operation operation, String params, boolean retry) {
    ClientFrame.Failed failed = (ClientFrame.Failed) report(operation, params);
    assertEquals("t1", failed.task());
    assertEquals(1, failed.attempt());
    assertEquals(retry, failed.retry());
    return failed.error().toString();
  }

  @Test
  void registersWithItsOperationsAndWantsItsReportsConfirmed() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 1))) {
      assertEquals(Role.WORKER, stage.register.role());
      assertEquals(List.of("op"), stage.register.operations());
      assertEquals(2, stage.register.slots());
      assertTrue(stage.register.confirm());
      assertEquals("Worker-1", stage.worker.name());
      assertEquals(Set.of("op"), stage.worker.operations());
      assertEquals(2, stage.worker.slots());
      assertEquals(0, stage.worker.running());
      assertEquals("Worker-1", stage.worker.client().name());
    }
  }

  @Test
  void aWorkerWithoutOperationsIsRefused() {
    MutiraoWorker.Builder builder = MutiraoWorker.of(ClientOptions.to("127.0.0.1", 1).build());
    assertThrows(IllegalArgumentException.class, builder::start);
  }

  @Test
  void theResultIsReported() {
    ClientFrame.Done done =
        (ClientFrame.Done) report(task -> task.number("n").pow(2), "{\"n\":12}");
    assertEquals("t1", done.task());
    assertEquals(1, done.attempt());
    assertEquals("144", done.result().toString());
  }

  @Test
  void everyKindOfResultIsReported() {
    assertEquals("null", ((ClientFrame.Done) report(_ -> null, "{}")).result().toString());
    assertEquals(
        "{\"a\":[1,true]}",
        ((ClientFrame.Done) report(_ -> Map.of("a", List.of(1, true)), "{}")).result().toString());
    assertEquals(
        "[1, 2]",
        ((ClientFrame.Done) report(_ -> RawJson.of("[1,\n2]".replace("\n", " ")), "{}"))
            .result()
            .toString());
    assertEquals(
        "[1, 2]",
        ((ClientFrame.Done) report(_ -> RawJson.of("[1,\n2]"), "{}")).result().toString());
  }

  @Test
  void theOperationSeesWhatItIsAbout() {
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                task ->
                    List.of(
                        task.taskId(),
                        task.attempt(),
                        task.operation(),
                        task.submitter(),
                        task.timeout().toMillis(),
                        task.rawParams(),
                        String.valueOf(task.params()),
                        task.isCancelled())))) {
      stage.give("t9", 3, "{\"a\":null}");
      ClientFrame.Done done = stage.connection.next(ClientFrame.Done.class);
      assertEquals(3, done.attempt());
      assertEquals(
          "[\"t9\",3,\"op\",\"ana\",60000,{\"a\":null},\"{a=null}\",false]",
          done.result().toString());
    }
  }

  @Test
  void wrongParamsNameTheFieldAndAreNotTriedAgain() {
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"text: is missing\"}",
        failure(task -> task.text("text"), "{}", false));
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"text: must be text\"}",
        failure(task -> task.text("text"), "{\"text\":1}", false));
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"n: must be a number\"}",
        failure(task -> task.number("n"), "{\"n\":\"1\"}", false));
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"ns: must be an array of numbers\"}",
        failure(task -> task.numbers("ns"), "{\"ns\":1}", false));
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"ns: must hold numbers only; the one at place 1 is"
            + " none\"}",
        failure(task -> task.numbers("ns"), "{\"ns\":[1,\"2\"]}", false));
    assertEquals(
        "{\"code\":\"bad_input\",\"message\":\"params: must be an object\"}",
        failure(task -> task.fields(), "[1]", false));
  }

  @Test
  void anOperationChoosesHowItFails() {
    assertEquals(
        "{\"code\":\"busy\",\"message\":\"later\"}",
        failure(
            _ -> {
              throw new OperationException("busy", "later", true);
            },
            "{}",
            true));
    assertEquals(
        "{\"code\":\"error\",\"message\":\"no code\"}",
        failure(
            _ -> {
              throw new OperationException("x".repeat(65), "no code", false);
            },
            "{}",
            false));
  }

  @Test
  void anyOtherExceptionFailsTheAttemptAndIsTriedAgain() {
    assertEquals(
        "{\"code\":\"error\",\"message\":\"IllegalStateException: broken\"}",
        failure(
            _ -> {
              throw new IllegalStateException("broken");
            },
            "{}",
            true));
    assertEquals(
        "{\"code\":\"error\",\"message\":\"StackOverflowError\"}",
        failure(MutiraoWorkerTest::endless, "{}", true));
  }

  @SuppressWarnings("InfiniteRecursion") // The point of the test.
  private static Object endless(TaskContext task) {
    return endless(task) + "";
  }

  @Test
  void aLongMessageIsCut() {
    ClientFrame.Failed failed =
        (ClientFrame.Failed)
            report(
                _ -> {
                  throw new OperationException("busy", "ã".repeat(5000), true);
                },
                "{}");
    Map<?, ?> error = (Map<?, ?>) Json.parse(failed.error());
    String message = String.valueOf(error.get("message"));
    assertTrue(message.endsWith("ã…"), message);
    int bytes = message.getBytes(UTF_8).length;
    assertTrue(bytes <= Limits.MAX_NOTE_BYTES && bytes > Limits.MAX_NOTE_BYTES - 4);
  }

  @Test
  void aResultThatIsNoJsonFailsForGood() {
    assertTrue(failure(_ -> new Object(), "{}", false).contains("has no JSON form"));
    assertTrue(failure(_ -> RawJson.of("{"), "{}", false).contains("has no JSON form"));
    assertTrue(failure(_ -> Double.NaN, "{}", false).contains("has no JSON form"));
  }

  @Test
  void aResultThatIsTooLongFailsForGood() {
    String error = failure(_ -> "x".repeat(Limits.MAX_FRAME_BYTES), "{}", false);
    assertTrue(error.startsWith("{\"code\":\"too_large\",\"message\":\"the result: "), error);
  }

  @Test
  void anOperationItDoesNotKnowIsLeftToOthers() {
    try (WorkerStage stage = WorkerStage.set(Map.of("op", _ -> 1))) {
      stage.connection.send(
          new ServerFrame.Task("t1", 1, "else", RawJson.EMPTY_OBJECT, "ana", 60_000, null));
      ClientFrame.Failed failed = stage.connection.next(ClientFrame.Failed.class);
      assertTrue(failed.error().toString().contains("unsupported_operation"));
      assertTrue(failed.retry());
    }
  }

  @Test
  void progressIsPassedOn() {
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                task -> {
                  task.progress(40, "digging");
                  task.progress(250.0, null);
                  task.keepAlive();
                  return "dug";
                }))) {
      stage.give("t1", 2, "{}");
      ClientFrame.Progress first = stage.connection.next(ClientFrame.Progress.class);
      assertEquals(2, first.attempt());
      assertEquals("40.0", String.valueOf(first.percent()));
      assertEquals("\"digging\"", String.valueOf(first.message()));
      ClientFrame.Progress second = stage.connection.next(ClientFrame.Progress.class);
      assertEquals("100.0", String.valueOf(second.percent()));
      assertNull(second.message());
      ClientFrame.Progress third = stage.connection.next(ClientFrame.Progress.class);
      assertNull(third.percent());
      stage.connection.next(ClientFrame.Done.class);
    }
  }

  @Test
  void attemptsRunSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                _ -> {
                  both.countDown();
                  both.await();
                  return 1;
                }))) {
      stage.give("t1", 1, "{}");
      stage.give("t2", 1, "{}");
      stage.connection.next(ClientFrame.Done.class);
      stage.connection.next(ClientFrame.Done.class);
    }
  }

  @Test
  void aCancelledAttemptIsInterruptedAndNotReported() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (WorkerStage stage =
        WorkerStage.set(
            Map.of(
                "op",
                task -> {
                  if (task.attempt() == 2) {
                    return "the next one";
                  }
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    ended.complete(task.isCancelled());
                  }
                  return "too late";
                }))) {
      stage.give("t1", 1, "{}");
      begun.await();
      assertEquals(1, stage.worker.running());
      stage.connection.send(new ServerFrame.Cancel("t1", 1));
      assertTrue(Stage.get(ended));
      stage.give("t1", 2, "{}");
      assertEquals(2, stage.connection.next(ClientFrame.Done.class).attempt());
    }
  }

  @Test
  void anObserverHearsHowAttemptsGo() {
    CompletableFuture<String> done = new CompletableFuture<>();
    CompletableFuture<String> failed = new CompletableFuture<>();
    CompletableFuture<String> begun = new CompletableFuture<>();
    MutiraoWorker.Observer observer =
        new MutiraoWorker.Observer() {
          @Override
          public void started(TaskContext task) {
            begun.complete(task.taskId());
            throw new IllegalStateException("thrown by the test");
          }

          @Override
          public void done(TaskContext task, RawJson result, Duration took) {
            done.complete(task.taskId() + result);
          }

          @Override
          public void failed(TaskContext task, OperationException error, Duration took) {
            failed.complete(task.taskId() + error.code());
          }
        };
    try (WorkerStage stage = WorkerStage.set(Map.of("op", task -> task.text("text")), observer)) {
      stage.give("t1", 1, "{\"text\":\"a\"}");
      stage.give("t2", 1, "{}");
      assertEquals("t1\"a\"", Stage.get(done));
      assertEquals("t2bad_input", Stage.get(failed));
      assertTrue(begun.isDone());
    }
  }

  @Test
  void aRefusedRegistrationIsThrown() {
    try (FakeServer server = new FakeServer()) {
      CompletableFuture<MutiraoWorker> starting =
          CompletableFuture.supplyAsync(
              () ->
                  MutiraoWorker.of(ClientOptions.to(server.address()).build())
                      .operation("op", _ -> 1)
                      .start());
      FakeConnection connection = server.accept();
      connection.refuse(connection.next(ClientFrame.Register.class).ref(), ErrorCode.UNAUTHORIZED);
      Exception failure = assertThrows(Exception.class, starting::join);
      assertTrue(((MutiraoException) failure.getCause()).is(ErrorCode.UNAUTHORIZED));
    }
  }
}
