package mutirao.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections that break again and again lose (nothing) and do twice (nothing). */
@Timeout(120)
class BrokenLineTest {
  private static final Duration PATIENCE = Duration.ofMillis(Heard.PATIENCE_MS);
  private static final int MANY = 300;
  private static final int CUT_EVERY = 30;

  /** Below the 256 that wait for somebody who is away: more are refused, and rightly so. */
  private static final int UNREAD = 200;

  private static ClientOptions options(FragileLine line, String name, ClientListener listener) {
    return ClientOptions.to(line.hostAndPort())
        .name(name)
        .listener(listener)
        .reconnect(
            new ClientOptions.Reconnect(true, Duration.ofMillis(1), Duration.ofMillis(5), null))
        .build();
  }

  @Test
  void everyMessageIsHeardOnceAndInOrder() {
    Heard toAna = new Heard();
    Heard toBruno = new Heard();
    try (TestServer server = TestServer.start();
        FragileLine line = new FragileLine(server.address());
        MutiraoClient ana = MutiraoClient.connect(options(line, "ana", toAna));
        MutiraoClient bruno =
            MutiraoClient.connect(server.options("bruno").listener(toBruno).build())) {
      List<Reply<Long>> replies = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        replies.add(ana.broadcast("message " + i));
        if (i % CUT_EVERY == 0) {
          line.cut();
        }
      }
      assertEquals(
          LongStream.rangeClosed(1, MANY).boxed().toList(),
          replies.stream().map(reply -> reply.await(PATIENCE)).toList());
      List<String> said = IntStream.range(0, MANY).mapToObj(i -> "message " + i).toList();
      assertEquals(said, texts(toBruno));
      assertEquals(said, texts(toAna), "her own, too");
      assertTrue(bruno.connected());
    }
  }

  private static List<String> texts(Heard heard) {
    return IntStream.range(0, MANY).mapToObj(_ -> Heard.next(heard.broadcasts).text()).toList();
  }

  private static void assertDirect(int number, Heard heard) {
    ChatMessage message = Heard.next(heard.directs);
    assertEquals("message " + number, message.text());
    assertEquals(number + 1, message.seq());
  }

  @Test
  void everyDirectIsHeardOnceAndInOrder() {
    Heard toBruno = new Heard();
    try (TestServer server = TestServer.start();
        FragileLine anas = new FragileLine(server.address());
        FragileLine brunos = new FragileLine(server.address());
        MutiraoClient ana = MutiraoClient.connect(options(anas, "ana", ClientListener.NONE));
        MutiraoClient bruno = MutiraoClient.connect(options(brunos, "bruno", toBruno))) {
      List<Reply<ServerFrame.Delivered>> replies = new ArrayList<>();
      int heard = 0;
      for (int i = 0; i < MANY; i++) {
        replies.add(ana.direct("bruno", "message " + i));
        if (i % CUT_EVERY == 0) {
          anas.cut();
          brunos.cut();
        }
        if (i - heard == UNREAD) {
          assertDirect(heard++, toBruno);
        }
      }
      replies.forEach(reply -> reply.await(PATIENCE));
      while (heard < MANY) {
        assertDirect(heard++, toBruno);
      }
      assertEquals("bruno", bruno.name());
    }
  }

  @Test
  void everyTaskIsOneTaskAndEveryResultArrives() {
    Operation echo = task -> task.number("n");
    try (TestServer server = TestServer.start();
        FragileLine anas = new FragileLine(server.address());
        FragileLine workers = new FragileLine(server.address());
        MutiraoClient ana = MutiraoClient.connect(options(anas, "ana", ClientListener.NONE));
        MutiraoWorker worker =
            MutiraoWorker.of(options(workers, "Worker-1", ClientListener.NONE))
                .operation("echo", echo)
                .slots(1024)
                .start()) {
      List<TaskHandle> tasks = new ArrayList<>();
      for (long i = 0; i < MANY; i++) {
        tasks.add(ana.submit(TaskRequest.of("echo").params(Map.of("n", i)).maxAttempts(1_000)));
        if (i % CUT_EVERY == 0) {
          anas.cut();
        }
        if (i % CUT_EVERY == CUT_EVERY / 2) {
          workers.cut();
        }
      }
      for (int i = 0; i < MANY; i++) {
        // No time passes: a task whose frame was lost is sent again when the worker is back.
        assertEquals((long) i, tasks.get(i).result().await(PATIENCE).value());
      }
      assertEquals(MANY, ana.tasks(null, 1000, null).await(PATIENCE).tasks().size());
      assertEquals("Worker-1", worker.name());
    }
  }

  @Test
  void aTaskThatEndsWhileTheLineIsDownIsFound() throws InterruptedException {
    Heard heard = new Heard();
    Semaphore go = new Semaphore(0);
    Operation waiting =
        _ -> {
          go.acquire();
          return "done meanwhile";
        };
    try (TestServer server = TestServer.start();
        FragileLine line = new FragileLine(server.address());
        MutiraoClient ana = MutiraoClient.connect(options(line, "ana", heard));
        MutiraoWorker worker = server.worker("Worker-1", Map.of("op", waiting))) {
      TaskHandle task = ana.submit(TaskRequest.of("op"));
      assertFalse(task.id().isEmpty());
      line.takeDown();
      heard.await(ClientListener.Connection.Reconnecting.class);
      go.release();
      worker.drain();
      worker.await();
      line.repair();
      assertEquals("done meanwhile", task.result().await(PATIENCE).value());
    }
  }

  @Test
  void afterTheResumeWindowANewSessionTakesItsPlace() {
    Heard heard = new Heard();
    try (TestServer server = TestServer.start();
        FragileLine line = new FragileLine(server.address());
        MutiraoClient ana = MutiraoClient.connect(options(line, "ana", heard));
        MutiraoClient bruno = server.client("bruno")) {
      bruno.join("obras").await();
      ana.join("obras").await();
      TaskHandle task = ana.submit(TaskRequest.of("sum"));
      String id = task.id();
      line.takeDown();
      heard.await(ClientListener.Connection.Reconnecting.class);
      awaitAlone(server, bruno);
      bruno.broadcast("alguém aí?").await();
      Reply<Long> typedMeanwhile = ana.broadcast("obras", "voltei");
      line.repair();
      heard.await(ClientListener.Connection.Replaced.class);
      assertEquals(1, typedMeanwhile.await(PATIENCE));
      assertEquals("alguém aí?", Heard.next(heard.broadcasts).text());
      assertEquals("ana", ana.name());
      assertEquals("queued", ana.query(id).await().state());
      try (MutiraoWorker worker = server.worker("Worker-1", Map.of("sum", _ -> 3))) {
        assertEquals(3L, task.result().await(PATIENCE).value());
        assertEquals(1, worker.slots());
      }
    }
  }

  /** Lets time pass until the server has noticed the break and the window after it is over. */
  private static void awaitAlone(TestServer server, MutiraoClient left) {
    while (left.clients().await().clients().size() > 1) {
      server.advance(Duration.ofSeconds(11));
    }
  }

  @Test
  void aServerThatForgotEverythingSaysSoAboutOpenTasks() {
    Heard heard = new Heard();
    try (TestServer first = TestServer.start();
        TestServer second = TestServer.start();
        FragileLine line = new FragileLine(first.address());
        MutiraoClient ana = MutiraoClient.connect(options(line, "ana", heard))) {
      TaskHandle task = ana.submit(TaskRequest.of("sum"));
      assertFalse(task.id().isEmpty());
      line.leadTo(second.address());
      heard.await(ClientListener.Connection.Replaced.class);
      MutiraoException lost =
          assertThrows(MutiraoException.class, () -> task.result().await(PATIENCE));
      assertTrue(lost.is(ErrorCode.UNKNOWN_TASK));
      assertFalse(lost.definite());
      assertEquals(1, ana.broadcast("olá de novo").await(PATIENCE));
    }
  }

  @Test
  void aServerThatShutsDownIsComeBackTo() {
    Heard heard = new Heard();
    TestServer first = TestServer.start();
    try (TestServer second = TestServer.start();
        FragileLine line = new FragileLine(first.address());
        MutiraoClient ana = MutiraoClient.connect(options(line, "ana", heard))) {
      line.leadTo(second.address());
      heard.await(ClientListener.Connection.Replaced.class);
      second.close();
      assertTrue(
          heard.await(ClientListener.Connection.Reconnecting.class).reason().contains("shutdown"));
      line.leadTo(first.address());
      heard.await(ClientListener.Connection.Replaced.class);
      assertEquals("ana", ana.name());
    } finally {
      first.close();
    }
  }
}
