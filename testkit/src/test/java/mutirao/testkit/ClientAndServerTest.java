package mutirao.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.client.OperationException;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client library and the server, as they understand each other. */
@Timeout(60)
class ClientAndServerTest {
  private static final Duration PATIENCE = Duration.ofMillis(Heard.PATIENCE_MS);

  private static MutiraoClient client(TestServer server, String name, Heard heard) {
    return MutiraoClient.connect(server.options(name).listener(heard).build());
  }

  @Test
  void peopleChatInTheLobbyInRoomsAndInPrivate() {
    Heard toAna = new Heard();
    Heard toBruno = new Heard();
    try (TestServer server = TestServer.start();
        MutiraoClient ana = client(server, "ana", toAna);
        MutiraoClient bruno = client(server, "bruno", toBruno)) {
      assertEquals("bruno", Heard.next(toAna.system).name());
      assertEquals(1, ana.broadcast("bom dia").await());
      assertEquals(2, bruno.broadcast("olá, \"ana\" \u0007").await());
      for (Heard heard : List.of(toAna, toBruno)) {
        assertEquals("bom dia", Heard.next(heard.broadcasts).text());
        ChatMessage second = Heard.next(heard.broadcasts);
        assertEquals("olá, \"ana\" \u0007", second.text());
        assertEquals("bruno", second.sender());
        assertEquals(2, second.seq());
      }
      assertFalse(ana.direct("bruno", "psst").await().duplicate());
      assertEquals("psst", Heard.next(toBruno.directs).text());
      assertEquals(List.of("ana"), ana.join("obras").await().members());
      assertTrue(refused(bruno.broadcast("obras", "oi")).is(ErrorCode.UNKNOWN_ROOM));
      assertEquals(List.of("ana", "bruno"), bruno.join("obras").await().members());
      ServerFrame.SystemEvent came = Heard.next(toAna.system);
      assertEquals("room_joined", came.event());
      bruno.broadcast("obras", "cimento?").await();
      assertEquals("obras", Heard.next(toAna.broadcasts).room());
      assertEquals("obras", bruno.leave("obras").await().room());
      assertEquals(
          List.of("bom dia", "olá, \"ana\" \u0007"),
          ana.history("lobby", 10).await().stream().map(ChatMessage::text).toList());
      assertEquals(1, ana.history("lobby", 10, 2L).await().size());
      assertEquals(2, ana.clients().await().clients().size());
      assertTrue(refused(ana.direct("carla", "oi")).is(ErrorCode.UNKNOWN_TARGET));
    }
  }

  private static MutiraoException refused(Reply<?> reply) {
    return assertThrows(MutiraoException.class, () -> reply.await(PATIENCE));
  }

  @Test
  void aNameIsHeldByOne() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      MutiraoException taken = assertThrows(MutiraoException.class, () -> server.client("ANA"));
      assertTrue(taken.is(ErrorCode.NAME_TAKEN));
      assertEquals("name", taken.field().orElseThrow());
      ana.close();
      server.client("ana").close();
    }
  }

  @Test
  void theStockOperationsAreThere() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker =
            MutiraoWorker.of(server.options("Worker-1").build())
                .builtInOperations()
                .slots(4)
                .start()) {
      Map<String, Object> numbers = Map.of("numbers", List.of(10, 20, 30, 40));
      assertEquals(100L, ana.call("sum", numbers));
      assertEquals(25L, ana.call("average", numbers));
      assertEquals(4L, ana.call("count_words", Map.of("text", "a bc  def\nghij")));
      assertEquals("MUTIRÃO", ana.call("uppercase", Map.of("text", "mutirão")));
      MutiraoException refused =
          assertThrows(MutiraoException.class, () -> ana.call("max", Map.of("numbers", List.of())));
      assertEquals("bad_input", refused.code());
      ServerFrame.WorkerView view = ana.workers().await().getFirst();
      assertEquals(worker.name(), view.name());
      assertEquals(4, view.slots());
      assertEquals(8, view.operations().size());
      assertEquals(4, view.done());
      assertEquals(1, view.failed());
    }
  }

  @Test
  void aTaskIsTriedAgainAfterItsBackoff() {
    Semaphore attempts = new Semaphore(0);
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker =
            server.worker(
                "Worker-1",
                Map.of(
                    "flaky",
                    task -> {
                      attempts.release();
                      if (task.attempt() < 3) {
                        throw new OperationException("busy", "later", true);
                      }
                      return task.attempt();
                    }))) {
      TaskHandle task =
          ana.submit(TaskRequest.of("flaky").backoff(Duration.ofMinutes(10)).maxAttempts(3));
      for (int attempt = 1; attempt <= 2; attempt++) {
        attempts.acquireUninterruptibly();
        // The clock may only move once the failure has been told.
        while (!ana.query(task.id()).await().state().equals("scheduled")) {
          Thread.onSpinWait();
        }
        server.advance(Duration.ofMinutes(30));
      }
      TaskResult result = task.result().await(PATIENCE);
      assertEquals(3L, result.value());
      assertEquals(3, result.attempt());
      assertEquals(worker.name(), result.worker());
    }
  }

  @Test
  void aRunningTaskIsCancelled() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    Semaphore interrupted = new Semaphore(0);
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker =
            server.worker(
                "Worker-1",
                Map.of(
                    "dig",
                    task -> {
                      begun.release();
                      try {
                        return new Semaphore(0).tryAcquire(1, TimeUnit.DAYS);
                      } finally {
                        interrupted.release(task.isCancelled() ? 1 : 0);
                      }
                    }))) {
      TaskHandle task = ana.submit(TaskRequest.of("dig"));
      begun.acquire();
      assertEquals(task.id(), task.cancel().await().task());
      assertEquals("cancelled", task.result().await(PATIENCE).state());
      interrupted.acquire();
      assertEquals(0, worker.running());
      assertTrue(refused(task.cancel()).is(ErrorCode.INVALID));
    }
  }

  @Test
  void aTaskMayBeForOneWorkerOnly() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker first = server.worker("Worker-1", Map.of("who", _ -> "1", "a", _ -> "a"));
        MutiraoWorker second = server.worker("Worker-2", Map.of("who", _ -> "2"))) {
      for (String name : List.of(first.name(), second.name())) {
        TaskResult result = ana.submit(TaskRequest.of("who").worker(name)).result().await(PATIENCE);
        assertEquals(name, result.worker());
      }
      assertTrue(
          refused(ana.submit(TaskRequest.of("who").worker("Worker-9")).result())
              .is(ErrorCode.UNKNOWN_WORKER));
      assertTrue(
          refused(ana.submit(TaskRequest.of("a").worker("Worker-2")).result())
              .is(ErrorCode.UNSUPPORTED_OPERATION));
    }
  }

  @Test
  void theSameKeyIsTheSameTask() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      TaskRequest request = TaskRequest.of("sum").key("k");
      TaskHandle first = ana.submit(request);
      assertTrue(first.accepted().await().waitingForWorker());
      TaskHandle second = ana.submit(request);
      assertEquals(first.id(), second.id());
      assertTrue(second.accepted().await().duplicate());
      assertEquals(
          "key",
          refused(ana.submit(TaskRequest.of("max").key("k")).accepted()).field().orElseThrow());
      try (MutiraoWorker worker = server.worker("Worker-1", Map.of("sum", _ -> 3))) {
        assertEquals(3L, first.result().await(PATIENCE).value());
        assertEquals(3L, second.result().await(PATIENCE).value());
        // And once it has ended: its result is asked for.
        assertEquals(3L, ana.submit(request).result().await(PATIENCE).value());
        assertEquals(1, worker.client().workers().await().getFirst().done());
      }
      assertEquals(1, ana.tasks(null, 10, null).await().tasks().size());
    }
  }

  @Test
  void aResultThatComesAfterItsSubmitterLeftIsHandedOverLater() {
    Heard heard = new Heard();
    try (TestServer server = TestServer.start()) {
      String id;
      try (MutiraoClient ana = server.client("ana")) {
        id = ana.submit(TaskRequest.of("sum")).id();
      }
      try (MutiraoWorker worker = server.worker("Worker-1", Map.of("sum", _ -> 3))) {
        worker.drain().join();
      }
      try (MutiraoClient again = client(server, "ana", heard)) {
        TaskResult late = Heard.next(heard.late);
        assertEquals(id, late.taskId());
        assertEquals(3L, late.value());
        assertEquals("done", again.query(id).await().state());
      }
    }
  }

  @Test
  void aDrainedWorkerFinishesWhatRunsAndLeavesTheRestToOthers() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    Semaphore go = new Semaphore(0);
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker =
            server.worker(
                "Worker-1",
                Map.of(
                    "op",
                    _ -> {
                      begun.release();
                      go.acquire();
                      return 1;
                    }))) {
      TaskHandle running = ana.submit(TaskRequest.of("op"));
      begun.acquire();
      TaskHandle waiting = ana.submit(TaskRequest.of("op"));
      assertEquals("queued", waiting.accepted().await().state());
      worker.drain();
      go.release();
      worker.await();
      assertEquals("Worker-1", running.result().await(PATIENCE).worker());
      try (MutiraoWorker other = server.worker("Worker-2", Map.of("op", _ -> 2))) {
        assertEquals(other.name(), waiting.result().await(PATIENCE).worker());
      }
    }
  }

  @Test
  void aClosedWorkersTasksGoToOthersAtOnce() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      MutiraoWorker worker =
          server.worker(
              "Worker-1",
              Map.of(
                  "op",
                  _ -> {
                    begun.release();
                    new Semaphore(0).acquire();
                    return 1;
                  }));
      TaskHandle task = ana.submit(TaskRequest.of("op"));
      begun.acquire();
      worker.close();
      try (MutiraoWorker other = server.worker("Worker-2", Map.of("op", _ -> 2))) {
        TaskResult result = task.result().await(PATIENCE);
        assertEquals(other.name(), result.worker());
        assertEquals(2, result.attempt());
      }
    }
  }
}
