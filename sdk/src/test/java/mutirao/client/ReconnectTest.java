package mutirao.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import mutirao.client.fake.FakeConnection;
import mutirao.client.fake.Recorder;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What survives a broken connection. */
@Timeout(60)
class ReconnectTest {

  private static ServerFrame.Broadcast said(String room, long seq) {
    return new ServerFrame.Broadcast(null, "bruno", room, RawJson.of("\"oi\""), seq, 1);
  }

  @Test
  void theSessionIsTakenUpAgainWithItsSecretAndWhatWasSeen() {
    try (Stage stage = Stage.set()) {
      stage.connection.send(said("lobby", 17));
      stage.connection.send(new ServerFrame.Direct("bruno", "ana", RawJson.of("\"psst\""), 3, 1));
      assertEquals(17, stage.heard.next(ChatMessage.class).seq());
      assertEquals("psst", stage.heard.next(ChatMessage.class).text());
      ClientFrame.Register again = stage.resume();
      assertEquals("ana", again.name());
      assertEquals("secret-of-ana", again.resume());
      assertEquals(Map.of("lobby", 17L, "@", 3L), again.seen());
      assertTrue(stage.client.connected());
    }
  }

  @Test
  void theFirstRegistrationAsksForNothingOld() {
    try (Stage stage = Stage.set()) {
      assertEquals("ana", stage.firstRegister.name());
      assertNull(stage.firstRegister.resume());
      assertEquals(Map.of(), stage.firstRegister.seen());
      assertTrue(stage.firstRegister.presence());
    }
  }

  @Test
  void whatIsSaidRightAfterRegisteringIsNotMissed() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      stage.reconnect();
      // Broken again before what was missed has come: it is not taken for read.
      stage.connection.rooms(Map.of("lobby", 2L, "elsewhere", 7L));
      assertEquals(Map.of("lobby", 0L, "@", 0L), stage.connection.register("ana", true).seen());
      stage.heard.next(ClientListener.Connection.Resumed.class);
      assertEquals(Map.of("lobby", 0L, "@", 0L), stage.resume().seen());
      stage.connection.send(said("lobby", 1));
      stage.connection.send(said("lobby", 2));
      assertEquals(1, stage.heard.next(ChatMessage.class).seq());
      assertEquals(2, stage.heard.next(ChatMessage.class).seq());
      assertEquals(Map.of("lobby", 2L, "@", 0L), stage.resume().seen());
    }
  }

  @Test
  void aServerThatHasSaidLessIsReadFromWhereItIs() {
    try (Stage stage = Stage.set()) {
      stage.connection.send(said("lobby", 17));
      stage.heard.next(ChatMessage.class);
      stage.breakConnection();
      stage.reconnect();
      stage.connection.rooms(Map.of("LOBBY", 3L)).register("ana", false);
      stage.heard.next(ClientListener.Connection.Replaced.class);
      assertEquals(Map.of("lobby", 3L, "@", 0L), stage.resume().seen());
    }
  }

  @Test
  void aSubmitWithoutAnAnswerIsSentAgainUnderItsKey() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum"));
      ClientFrame.Submit first = stage.connection.next(ClientFrame.Submit.class);
      stage.resume();
      ClientFrame.Submit again = stage.connection.next(ClientFrame.Submit.class);
      assertEquals(first, again);
      stage.connection.accept(again, "t1", true);
      assertFalse(task.accepted().await(Stage.PATIENCE).duplicate());
      stage.connection.result("t1", "3");
      assertEquals(3L, task.result().await(Stage.PATIENCE).value());
    }
  }

  @Test
  void aResultThatOvertakesTheRepeatedAnswerIsNotLate() {
    try (Stage stage = Stage.set()) {
      TaskHandle task = stage.client.submit(TaskRequest.of("sum"));
      stage.connection.next(ClientFrame.Submit.class);
      stage.resume();
      ClientFrame.Submit again = stage.connection.next(ClientFrame.Submit.class);
      stage.connection.result("t1", "3");
      stage.connection.result("t0", "\"of an earlier session\"");
      stage.connection.accept(again, "t1", true);
      assertEquals(3L, task.result().await(Stage.PATIENCE).value());
      assertEquals("t0", stage.heard.next(TaskResult.class).taskId());
    }
  }

  @Test
  void openTasksAreAskedForAndWhatEndedMeanwhileIsFound() {
    try (Stage stage = Stage.set()) {
      TaskHandle ended = stage.client.submit(TaskRequest.of("sum"));
      TaskHandle open = stage.client.submit(TaskRequest.of("sum"));
      TaskHandle lost = stage.client.submit(TaskRequest.of("sum"));
      for (String id : List.of("t1", "t2", "t3")) {
        stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), id, false);
      }
      assertEquals("t3", lost.id());
      stage.resume();
      ClientFrame.Query first = stage.connection.next(ClientFrame.Query.class);
      assertEquals("t1", first.task());
      stage.connection.send(
          new ServerFrame.TaskState(first.ref(), TaskCallsTest.ended("t1", "3"), null));
      assertEquals(3L, ended.result().await(Stage.PATIENCE).value());
      ClientFrame.Query second = stage.connection.next(ClientFrame.Query.class);
      assertEquals("t2", second.task());
      stage.connection.refuse(second.ref(), ErrorCode.OVERLOADED);
      ClientFrame.Query third = stage.connection.next(ClientFrame.Query.class);
      stage.connection.refuse(third.ref(), ErrorCode.UNKNOWN_TASK);
      MutiraoException unknown =
          assertThrows(MutiraoException.class, () -> lost.result().await(Stage.PATIENCE));
      assertTrue(unknown.is(ErrorCode.UNKNOWN_TASK));
      assertFalse(unknown.definite());
      stage.timing.advance(1_000);
      assertEquals("t2", stage.connection.next(ClientFrame.Query.class).task());
      stage.connection.result("t2", "4");
      assertEquals(4L, open.result().await(Stage.PATIENCE).value());
    }
  }

  @Test
  void onlySoManyQuestionsAreUnderWayAtOnce() {
    int tasks = 100;
    try (Stage stage = Stage.set()) {
      for (int i = 0; i < tasks; i++) {
        stage.client.submit(TaskRequest.of("sum"));
        stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t" + i, false);
      }
      stage.settle();
      stage.resume();
      for (int i = 0; i < 64; i++) {
        assertEquals("t" + i, stage.connection.next(ClientFrame.Query.class).task());
      }
      // The 65th only comes once one of the first is answered: a ping overtakes it.
      stage.settle();
      stage.connection.result("t64", "1");
      stage.settle();
      stage.connection.refuse(RawJson.of("999"), ErrorCode.INTERNAL);
      stage.heard.next(MutiraoException.class);
    }
  }

  @Test
  void aMessageWithoutAnAnswerIsSentAgainUnderItsKey() {
    try (Stage stage = Stage.set()) {
      Reply<Long> broadcast = stage.client.broadcast("oi");
      Reply<ServerFrame.Delivered> direct = stage.client.direct("bruno", "psst");
      ClientFrame.Broadcast first = stage.connection.next(ClientFrame.Broadcast.class);
      ClientFrame.Direct second = stage.connection.next(ClientFrame.Direct.class);
      stage.resume();
      assertEquals(first, stage.connection.next(ClientFrame.Broadcast.class));
      assertEquals(second, stage.connection.next(ClientFrame.Direct.class));
      stage.connection.send(new ServerFrame.Delivered(first.ref(), "lobby", 17L, true));
      stage.connection.send(new ServerFrame.Delivered(second.ref(), null, null, true));
      assertEquals(17, broadcast.await(Stage.PATIENCE));
      assertTrue(direct.await(Stage.PATIENCE).duplicate());
    }
  }

  @Test
  void readsAreSentAgain() {
    try (Stage stage = Stage.set()) {
      Reply<ServerFrame.ClientList> clients = stage.client.clients();
      stage.connection.next(ClientFrame.Status.class);
      stage.resume();
      RawJson ref = stage.connection.next(ClientFrame.Status.class).ref();
      stage.connection.send(new ServerFrame.ClientList(ref, List.of(), 0, 1));
      assertEquals(0, clients.await(Stage.PATIENCE).total());
    }
  }

  @Test
  void whatMayNotHappenTwiceFailsIndefinitely() {
    try (Stage stage = Stage.set()) {
      Reply<ServerFrame.Cancelled> cancel = stage.client.cancel("t1");
      stage.connection.next(ClientFrame.Cancel.class);
      stage.breakConnection();
      MutiraoException broken =
          assertThrows(MutiraoException.class, () -> cancel.await(Stage.PATIENCE));
      assertEquals(MutiraoException.DISCONNECTED, broken.code());
      assertFalse(broken.definite());
    }
  }

  @Test
  void whatIsAskedMeanwhileIsSentAfterwardsInOrder() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      assertFalse(stage.client.connected());
      stage.client.broadcast("um");
      stage.client.cancel("t1");
      stage.client.broadcast("dois");
      stage.reconnect();
      stage.connection.register("ana", true);
      assertEquals(
          "\"um\"", stage.connection.next(ClientFrame.Broadcast.class).message().toString());
      stage.connection.next(ClientFrame.Cancel.class);
      assertEquals(
          "\"dois\"", stage.connection.next(ClientFrame.Broadcast.class).message().toString());
    }
  }

  @Test
  void whatWasNeverSentInTimeFailsDefinitely() {
    try (Stage stage = Stage.set(options -> options.requestTimeout(Duration.ofSeconds(2)))) {
      stage.breakConnection();
      stage.server.close();
      Reply<Long> reply = stage.client.broadcast("oi");
      stage.timing.advance(3_000);
      MutiraoException late =
          assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
      assertEquals(MutiraoException.TIMEOUT, late.code());
      assertTrue(late.definite());
    }
  }

  @Test
  void onlySoMuchIsKeptMeanwhile() {
    try (Stage stage =
        Stage.set(options -> options.bounds(new ClientOptions.Bounds(2, 1_000_000, 100)))) {
      stage.breakConnection();
      stage.client.broadcast("um");
      stage.client.broadcast("dois");
      MutiraoException full =
          assertThrows(MutiraoException.class, () -> stage.client.broadcast("três").await());
      assertEquals(MutiraoException.QUEUE_FULL, full.code());
      assertTrue(full.definite());
    }
  }

  @Test
  void aNewSessionEntersTheRoomsAgainAndTellsWhatWasMissed() {
    try (Stage stage = Stage.set()) {
      stage.client.join("obras");
      RawJson ref = stage.connection.next(ClientFrame.Join.class).ref();
      stage.connection.send(new ServerFrame.Joined(ref, "obras", 5, List.of("ana")));
      stage.connection.send(said("obras", 6));
      stage.heard.next(ChatMessage.class);
      Reply<Long> unanswered = stage.client.broadcast("obras", "oi");
      stage.connection.next(ClientFrame.Broadcast.class);
      ClientFrame.Register again = stage.replace();
      assertEquals(Map.of("lobby", 0L, "obras", 6L, "@", 0L), again.seen());
      ClientFrame.Join join = stage.connection.next(ClientFrame.Join.class);
      assertEquals("obras", join.room());
      stage.connection.send(new ServerFrame.Joined(join.ref(), "obras", 9, List.of("ana")));
      assertEquals(new Recorder.Missed("obras", 7, 9), stage.heard.next(Recorder.Missed.class));
      // Only then what had no answer, because it needs the room.
      ClientFrame.Broadcast resent = stage.connection.next(ClientFrame.Broadcast.class);
      stage.connection.send(
          new ServerFrame.Broadcast(resent.ref(), "ana", "obras", resent.message(), 10, 1));
      assertEquals(10, unanswered.await(Stage.PATIENCE));
    }
  }

  @Test
  void aRoomThatWasLeftIsNotEnteredAgain() {
    try (Stage stage = Stage.set()) {
      stage.client.leave("LOBBY");
      ClientFrame.Leave leave = stage.connection.next(ClientFrame.Leave.class);
      stage.connection.send(new ServerFrame.Left(leave.ref(), "LOBBY"));
      stage.settle();
      assertEquals(Map.of("@", 0L), stage.replace().seen());
      assertEquals("lobby", stage.connection.next(ClientFrame.Leave.class).room());
    }
  }

  @Test
  void aRoomThatCannotBeEnteredAgainIsTold() {
    try (Stage stage = Stage.set()) {
      stage.client.join("obras");
      RawJson ref = stage.connection.next(ClientFrame.Join.class).ref();
      stage.connection.send(new ServerFrame.Joined(ref, "obras", 5, List.of("ana")));
      stage.settle();
      stage.replace();
      ClientFrame.Join join = stage.connection.next(ClientFrame.Join.class);
      stage.connection.refuse(join.ref(), ErrorCode.OVERLOADED);
      assertTrue(stage.heard.next(MutiraoException.class).is(ErrorCode.OVERLOADED));
    }
  }

  @Test
  void gapsAreTold() {
    try (Stage stage = Stage.set()) {
      stage.resume();
      stage.connection.send(new ServerFrame.Gap("lobby", 18, 40));
      assertEquals(new Recorder.Missed("lobby", 18, 40), stage.heard.next(Recorder.Missed.class));
      assertEquals(Map.of("lobby", 40L, "@", 0L), stage.resume().seen());
    }
  }

  @Test
  void aServerThatForgotTheSessionIsRegisteredWithAnew() {
    try (Stage stage = Stage.set()) {
      Reply<Duration> ping = stage.client.ping();
      RawJson ref = stage.connection.next(ClientFrame.Ping.class).ref();
      stage.connection.refuse(ref, ErrorCode.NOT_REGISTERED);
      stage.heard.next(ClientListener.Connection.Reconnecting.class);
      stage.reconnect();
      stage.connection.register("ana");
      ref = stage.connection.next(ClientFrame.Ping.class).ref();
      stage.connection.send(new ServerFrame.Pong(ref, 1));
      ping.await(Stage.PATIENCE);
    }
  }

  @Test
  void aServerThatSaysGoodbyeIsComeBackTo() {
    try (Stage stage = Stage.set()) {
      stage.connection.send(new ServerFrame.Bye(null, "shutdown"));
      ClientListener.Connection.Reconnecting waiting =
          stage.heard.next(ClientListener.Connection.Reconnecting.class);
      assertEquals(1, waiting.attempt());
      assertTrue(waiting.reason().contains("shutdown"));
      stage.reconnect();
      stage.connection.register("ana", true);
      stage.heard.next(ClientListener.Connection.Resumed.class);
    }
  }

  @Test
  void closingWithoutAConnectionFailsWhatIsOpen() {
    try (Stage stage = Stage.set()) {
      TaskHandle accepted = stage.client.submit(TaskRequest.of("sum"));
      stage.connection.accept(stage.connection.next(ClientFrame.Submit.class), "t1", false);
      assertEquals("t1", accepted.id());
      Reply<Long> sent = stage.client.broadcast("um");
      stage.connection.next(ClientFrame.Broadcast.class);
      stage.breakConnection();
      Reply<Long> waiting = stage.client.broadcast("dois");
      stage.client.close();
      assertFalse(failure(accepted.result()).definite());
      assertFalse(failure(sent).definite());
      assertTrue(failure(waiting).definite());
      assertEquals(
          MutiraoException.CLOSED, stage.heard.next(ClientListener.Connection.Closed.class).code());
    }
  }

  private static MutiraoException failure(Reply<?> reply) {
    MutiraoException failure =
        assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
    assertEquals(MutiraoException.CLOSED, failure.code());
    return failure;
  }

  @Test
  void whatIsNoFrameEndsTheConnection() {
    try (Stage stage = Stage.set()) {
      stage.connection.sendRaw("HTTP/1.1 400 Bad Request\n".getBytes(US_ASCII));
      assertTrue(
          stage
              .heard
              .next(ClientListener.Connection.Reconnecting.class)
              .reason()
              .contains("no frame"));
      assertNull(stage.connection.next());
      FakeConnection dead = stage.connection;
      stage.reconnect();
      dead.close();
      stage.connection.register("ana", true);
      stage.heard.next(ClientListener.Connection.Resumed.class);
    }
  }
}
