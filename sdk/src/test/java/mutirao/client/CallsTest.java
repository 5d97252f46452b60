package mutirao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mutirao.client.fake.FakeServer;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each call, as the frame it becomes and the answer it gives. */
@Timeout(60)
class CallsTest {
  private static final ServerFrame.TaskView TASK =
      new ServerFrame.TaskView(
          "t1",
          "running",
          "sum",
          "ana",
          "Worker-1",
          1,
          3,
          4,
          10,
          null,
          20L,
          null,
          null,
          null,
          null);

  @Test
  void tellsWhoItIs() {
    try (Stage stage = Stage.set()) {
      assertEquals("ana", stage.client.name());
      assertEquals(Role.CLIENT, stage.client.role());
      assertEquals("s-ana", stage.client.session());
      assertEquals(stage.server.address(), stage.client.server());
      assertTrue(stage.client.connected());
      assertFalse(stage.client.closed().isDone());
    }
  }

  @Test
  void aBroadcastIsAnsweredByItsEcho() {
    try (Stage stage = Stage.set()) {
      Reply<Long> reply = stage.client.broadcast("obras", "bom dia \"ana\"");
      ClientFrame.Broadcast sent = stage.connection.next(ClientFrame.Broadcast.class);
      assertEquals("obras", sent.room());
      assertEquals("\"bom dia \\\"ana\\\"\"", sent.message().toString());
      assertNotNull(sent.key());
      stage.connection.send(
          new ServerFrame.Broadcast(sent.ref(), "ana", "obras", sent.message(), 17, 5));
      assertEquals(17, reply.await(Stage.PATIENCE));
      assertEquals(
          new ChatMessage("ana", "obras", "bom dia \"ana\"", 17, 5),
          stage.heard.next(ChatMessage.class));
    }
  }

  @Test
  void everyMessageHasAKeyOfItsOwn() {
    try (Stage stage = Stage.set()) {
      stage.client.broadcast("a");
      stage.client.direct("bruno", "b");
      ClientFrame.Broadcast first = stage.connection.next(ClientFrame.Broadcast.class);
      ClientFrame.Direct second = stage.connection.next(ClientFrame.Direct.class);
      assertEquals("lobby", first.room());
      assertNotEquals(first.key(), second.key());
      assertNotEquals(first.ref(), second.ref());
    }
  }

  @Test
  void aDirectIsAnsweredByItsReceipt() {
    try (Stage stage = Stage.set()) {
      Reply<ServerFrame.Delivered> reply = stage.client.direct("bruno", "oi");
      ClientFrame.Direct sent = stage.connection.next(ClientFrame.Direct.class);
      assertEquals("bruno", sent.target());
      stage.connection.send(new ServerFrame.Delivered(sent.ref(), null, null, false));
      assertFalse(reply.await(Stage.PATIENCE).duplicate());
    }
  }

  @Test
  void aRefusalCarriesEverythingTheServerTold() {
    try (Stage stage = Stage.set()) {
      Reply<ServerFrame.Delivered> reply = stage.client.direct("bruno", "oi");
      RawJson ref = stage.connection.next(ClientFrame.Direct.class).ref();
      stage.connection.send(
          new ServerFrame.Error(ref, ErrorCode.OVERLOADED, "too much", "target", null, 250L, null));
      MutiraoException refused =
          assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
      assertEquals("overloaded", refused.code());
      assertEquals(Optional.of(ErrorCode.OVERLOADED), refused.errorCode());
      assertEquals("too much", refused.getMessage());
      assertEquals(Optional.of("target"), refused.field());
      assertEquals(Optional.of(250L), refused.retryAfterMs());
      assertTrue(refused.definite());
    }
  }

  @Test
  void roomsAreEnteredAndLeft() {
    try (Stage stage = Stage.set()) {
      Reply<ServerFrame.Joined> joined = stage.client.join("obras");
      RawJson ref = stage.connection.next(ClientFrame.Join.class).ref();
      stage.connection.send(new ServerFrame.Joined(ref, "obras", 3, List.of("ana", "bruno")));
      assertEquals(List.of("ana", "bruno"), joined.await(Stage.PATIENCE).members());
      Reply<ServerFrame.Left> left = stage.client.leave("obras");
      ref = stage.connection.next(ClientFrame.Leave.class).ref();
      stage.connection.send(new ServerFrame.Left(ref, "obras"));
      assertEquals("obras", left.await(Stage.PATIENCE).room());
    }
  }

  @Test
  void readsAreAnswered() {
    try (Stage stage = Stage.set()) {
      Reply<List<ChatMessage>> history = stage.client.history("lobby", 2, 9L);
      ClientFrame.History asked = stage.connection.next(ClientFrame.History.class);
      assertEquals(2, asked.limit());
      assertEquals(9L, asked.beforeSeq());
      stage.connection.send(
          new ServerFrame.History(
              asked.ref(),
              "lobby",
              List.of(new ServerFrame.HistoryMessage("bruno", RawJson.of("\"oi\""), 8, 4))));
      assertEquals(
          List.of(new ChatMessage("bruno", "lobby", "oi", 8, 4)), history.await(Stage.PATIENCE));

      Reply<ServerFrame.ClientList> clients = stage.client.clients();
      RawJson ref = stage.connection.next(ClientFrame.Status.class).ref();
      stage.connection.send(
          new ServerFrame.ClientList(
              ref, List.of(new ServerFrame.Presence("ana", Role.CLIENT)), 1, 7));
      assertEquals("ana", clients.await(Stage.PATIENCE).clients().getFirst().name());

      Reply<List<ServerFrame.WorkerView>> workers = stage.client.workers();
      ref = stage.connection.next(ClientFrame.Workers.class).ref();
      stage.connection.send(new ServerFrame.WorkerList(ref, List.of()));
      assertEquals(List.of(), workers.await(Stage.PATIENCE));

      Reply<ServerFrame.TaskList> tasks = stage.client.tasks("running", 10, "t2");
      ClientFrame.Tasks page = stage.connection.next(ClientFrame.Tasks.class);
      assertEquals("t2", page.before());
      stage.connection.send(new ServerFrame.TaskList(page.ref(), List.of(TASK), true));
      assertTrue(tasks.await(Stage.PATIENCE).more());

      Reply<ServerFrame.TaskView> task = stage.client.query("t1");
      ref = stage.connection.next(ClientFrame.Query.class).ref();
      stage.connection.send(new ServerFrame.TaskState(ref, TASK, null));
      assertEquals(TASK, task.await(Stage.PATIENCE));
    }
  }

  @Test
  void aListNobodyAskedForGoesToTheListener() {
    try (Stage stage = Stage.set()) {
      ServerFrame.ClientList list = new ServerFrame.ClientList(null, List.of(), 0, 7);
      stage.connection.send(list);
      assertEquals(list, stage.heard.next(ServerFrame.ClientList.class));
    }
  }

  @Test
  void whatIsTooLongForTheServerIsNotSent() {
    try (FakeServer server = new FakeServer()) {
      CompletableFuture<MutiraoClient> connecting =
          CompletableFuture.supplyAsync(
              () -> MutiraoClient.connect(ClientOptions.to(server.address()).name("ana").build()));
      var connection = server.accept().maxFrame(1024);
      connection.register("ana");
      try (MutiraoClient client = Stage.get(connecting)) {
        MutiraoException refused =
            assertThrows(MutiraoException.class, () -> client.broadcast("x".repeat(1024)).await());
        assertTrue(refused.is(ErrorCode.TOO_LARGE));
        assertTrue(refused.definite());
        client.broadcast("x".repeat(900));
        assertEquals(902, connection.next(ClientFrame.Broadcast.class).message().length());
        connection.close();
        server.close();
      }
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForForEver() {
    try (Stage stage = Stage.set(options -> options.requestTimeout(Duration.ofSeconds(8)))) {
      Reply<Long> reply = stage.client.broadcast("oi");
      stage.connection.next(ClientFrame.Broadcast.class);
      stage.timing.advance(7_000);
      assertFalse(reply.isDone());
      stage.timing.advance(2_000);
      MutiraoException late =
          assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
      assertEquals(MutiraoException.TIMEOUT, late.code());
      assertFalse(late.definite());
    }
  }

  @Test
  void aCallWaitsForRoomWhileConnected() throws InterruptedException {
    try (Stage stage =
        Stage.set(options -> options.bounds(new ClientOptions.Bounds(1, 1_000_000, 100)))) {
      Reply<Duration> first = stage.client.ping();
      Thread waiting = Thread.ofVirtual().start(() -> stage.client.ping());
      RawJson ref = stage.connection.next(ClientFrame.Ping.class).ref();
      stage.connection.send(new ServerFrame.Pong(ref, 1));
      first.await(Stage.PATIENCE);
      stage.connection.next(ClientFrame.Ping.class);
      waiting.join();
    }
  }

  @Test
  void anErrorNobodyWaitsForGoesToTheListener() {
    try (Stage stage = Stage.set()) {
      stage.connection.refuse(null, ErrorCode.MALFORMED);
      assertTrue(stage.heard.next(MutiraoException.class).is(ErrorCode.MALFORMED));
    }
  }

  @Test
  void theServersPingIsAnswered() {
    try (Stage stage = Stage.set()) {
      stage.connection.send(new ServerFrame.Ping(1));
      stage.connection.next(ClientFrame.Pong.class);
    }
  }

  @Test
  void closeSendsWhatWasAskedBeforeAndSaysGoodbye() {
    try (Stage stage = Stage.set()) {
      Reply<Long> reply = stage.client.broadcast("tchau");
      CompletableFuture<Void> closing = CompletableFuture.runAsync(stage.client::close);
      ClientFrame.Broadcast sent = stage.connection.next(ClientFrame.Broadcast.class);
      stage.connection.next(ClientFrame.Quit.class);
      stage.connection.send(
          new ServerFrame.Broadcast(sent.ref(), "ana", "lobby", sent.message(), 1, 1));
      stage.connection.send(new ServerFrame.Bye(null, null));
      Stage.get(closing);
      assertEquals(1, reply.await(Stage.PATIENCE));
      assertEquals(MutiraoException.CLOSED, Stage.get(stage.client.closed()).code());
      MutiraoException closed =
          assertThrows(MutiraoException.class, () -> stage.client.ping().await());
      assertEquals(MutiraoException.CLOSED, closed.code());
      assertTrue(closed.definite());
    }
  }

  @Test
  void aGoodbyeThatIsNotAnsweredEndsAllTheSame() {
    try (Stage stage = Stage.set()) {
      stage.client.quit();
      stage.connection.next(ClientFrame.Quit.class);
      stage.timing.advance(5_000);
      assertEquals(MutiraoException.CLOSED, Stage.get(stage.client.closed()).code());
    }
  }
}
