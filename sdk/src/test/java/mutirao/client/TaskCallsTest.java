package mutirao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.fake.FakeServer;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a task as its submitter sees it. */
@Timeout(60)
class TaskCallsTest {

  @Test
  void aTaskIsAcceptedShowsProgressAndEnds() throws InterruptedException {
    try (Stage stage = Stage.set()) {
      LinkedBlockingQueue<TaskHandle.Progress> progress = new LinkedBlockingQueue<>();
      TaskHandle task =
          stage
              .client
              .submit(TaskRequest.of("sum").params(Map.of("numbers", List.of(1, 2))))
              .onProgress(progress::add);
      ClientFrame.Submit submit = stage.connection.next(ClientFrame.Submit.class);
      assertEquals("sum", submit.operation());
      assertEquals("{\"numbers\":[1,2]}", submit.params().toString());
      stage.connection.send(
          new ServerFrame.Accepted(submit.ref(), "t1", "queued", false, "worker"));
      stage.connection.send(
          new ServerFrame.Progress(
              "t1", 1, RawJson.of("40"), RawJson.of("\"digging\""), "Worker-1"));
      stage.connection.result("t1", "3");
      assertEquals("t1", task.id());
      assertEquals(
          new TaskHandle.Acceptance("t1", "queued", false, true),
          task.accepted().await(Stage.PATIENCE));
      assertEquals(
          new TaskHandle.Progress("t1", 1, 40.0, "digging", "Worker-1"),
          progress.poll(FakeServer.PATIENCE_MS, TimeUnit.MILLISECONDS));
      TaskResult result = task.result().await(Stage.PATIENCE);
      assertEquals(3L, result.value());
      assertEquals(Duration.ofMillis(2), result.queued());
      assertEquals(Duration.ofMillis(3), result.ran());
    }
  }

  @Test
  void whoListensLateHearsTheNewestProgress() throws InterruptedException {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum"));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      for (String percent : List.of("10", "20")) {
        stage.connection.send(
            new ServerFrame.Progress("t1", 1, RawJson.of(percent), null, "Worker-1"));
      }
      stage.settle();
      LinkedBlockingQueue<TaskHandle.Progress> progress = new LinkedBlockingQueue<>();
      task.onProgress(progress::add);
      assertEquals(
          new TaskHandle.Progress("t1", 1, 20.0, null, "Worker-1"),
          progress.poll(FakeServer.PATIENCE_MS, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void aTasksOwnFailureIsItsResult() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum"));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      stage.connection.send(
          new ServerFrame.Result(
              "t1",
              "failed",
              null,
              RawJson.of("{\"code\":\"bad_input\",\"message\":\"numbers: is missing\"}"),
              "Worker-1",
              1,
              0,
              0));
      TaskResult result = task.result().await(Stage.PATIENCE);
      assertFalse(result.done());
      MutiraoException failure = assertThrows(MutiraoException.class, result::value);
      assertEquals("bad_input", failure.code());
      assertEquals("numbers: is missing", failure.getMessage());
    }
  }

  @Test
  void callWaitsForTheValue() {
    try (Stage stage = Stage.set()) {
      CompletableFuture<Object> value =
          CompletableFuture.supplyAsync(
              () -> String.valueOf(stage.client.call("uppercase", Map.of("text", "a"))));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      stage.connection.result("t1", "\"A\"");
      assertEquals("A", Stage.get(value));
    }
  }

  @Test
  void aRefusedTaskHasNoResult() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum").worker("Worker-9"));
      ClientFrame.Submit submit = stage.connection.next(ClientFrame.Submit.class);
      assertEquals("Worker-9", submit.worker());
      stage.connection.refuse(submit.ref(), ErrorCode.UNKNOWN_WORKER);
      for (Reply<?> reply : List.of(task.accepted(), task.result(), task.cancel())) {
        MutiraoException refused =
            assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
        assertTrue(refused.is(ErrorCode.UNKNOWN_WORKER));
      }
    }
  }

  @Test
  void everyWishOfARequestIsSent() {
    try (Stage stage = Stage.set()) {
      stage.client.submit(
          TaskRequest.of("dig")
              .params(RawJson.of(" [1] "))
              .worker("Worker-1")
              .fallback(true)
              .key("k")
              .priority(9)
              .delay(Duration.ofSeconds(1))
              .timeout(Duration.ofSeconds(3))
              .maxAttempts(4)
              .backoff(Duration.ofSeconds(5))
              .expires(Duration.ofSeconds(6))
              .keep(Duration.ofSeconds(7))
              .quiet(true));
      ClientFrame.Submit sent = stage.connection.next(ClientFrame.Submit.class);
      assertEquals(
          new ClientFrame.Submit(
              sent.ref(),
              "dig",
              RawJson.of("[1]"),
              "Worker-1",
              true,
              "k",
              9,
              1000L,
              null,
              3000,
              4,
              5000,
              6000L,
              7000,
              true,
              null),
          sent);
    }
  }

  @Test
  void delayAndInstantReplaceEachOther() {
    TaskRequest request =
        TaskRequest.of("dig").delay(Duration.ofSeconds(1)).runAt(Instant.ofEpochMilli(2));
    ClientFrame.Submit frame = request.toFrame(RawJson.of("1"), "key");
    assertNull(frame.delayMs());
    assertEquals(2L, frame.runAt());
    frame = request.delay(Duration.ofSeconds(3)).toFrame(RawJson.of("1"), "key");
    assertNull(frame.runAt());
    assertEquals(3000L, frame.delayMs());
    assertEquals("key", frame.key());
  }

  @Test
  void theResultOfAQuietTaskIsNotWaitedFor() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum").quiet(true));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      assertEquals("t1", task.id());
      MutiraoException quiet =
          assertThrows(MutiraoException.class, () -> task.result().await(Stage.PATIENCE));
      assertEquals(MutiraoException.QUIET, quiet.code());
    }
  }

  @Test
  void aDuplicateThatHasEndedIsAskedFor() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum").key("mine"));
      RawJson ref = stage.connection.next(ClientFrame.Submit.class).ref();
      stage.connection.send(new ServerFrame.Accepted(ref, "t1", "done", true, null));
      ClientFrame.Query query = stage.connection.next(ClientFrame.Query.class);
      assertEquals("t1", query.task());
      stage.connection.send(new ServerFrame.TaskState(query.ref(), ended("t1", "3"), null));
      assertTrue(task.accepted().await(Stage.PATIENCE).duplicate());
      TaskResult result = task.result().await(Stage.PATIENCE);
      assertEquals(3L, result.value());
      assertEquals(Duration.ofMillis(10), result.queued());
      assertEquals(Duration.ofMillis(30), result.ran());
    }
  }

  static ServerFrame.TaskView ended(String task, String result) {
    return new ServerFrame.TaskView(
        task,
        "done",
        "sum",
        "ana",
        "Worker-1",
        1,
        3,
        4,
        10,
        null,
        20L,
        50L,
        null,
        RawJson.of(result),
        null);
  }

  @Test
  void aTaskIsCancelled() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum"));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      Reply<ServerFrame.Cancelled> reply = task.cancel();
      ClientFrame.Cancel cancel = stage.connection.next(ClientFrame.Cancel.class);
      assertEquals("t1", cancel.task());
      stage.connection.send(new ServerFrame.Cancelled(cancel.ref(), "t1"));
      assertEquals("t1", reply.await(Stage.PATIENCE).task());
    }
  }

  @Test
  void paramsThatAreNoJsonAreRefusedWhereTheyAreGiven() {
    TaskRequest request = TaskRequest.of("sum");
    assertThrows(IllegalArgumentException.class, () -> request.params(RawJson.of("{\"a\":")));
    assertThrows(IllegalArgumentException.class, () -> request.params(RawJson.of("1,2")));
    assertThrows(IllegalArgumentException.class, () -> request.params(RawJson.of("1],[2")));
    assertThrows(IllegalArgumentException.class, () -> request.params(new Object()));
    assertThrows(IllegalArgumentException.class, () -> request.params(nested(64)));
    request.params(nested(63));
  }

  private static RawJson nested(int depth) {
    return RawJson.of("[".repeat(depth) + "]".repeat(depth));
  }
}
