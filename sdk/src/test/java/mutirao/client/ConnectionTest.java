package mutirao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mutirao.client.fake.FakeConnection;
import mutirao.client.fake.FakeServer;
import mutirao.client.fake.ManualTiming;
import mutirao.client.fake.Recorder;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections are made, kept, lost and given up. */
@Timeout(60)
class ConnectionTest {

  private static CompletableFuture<MutiraoClient> connecting(ClientOptions options) {
    return CompletableFuture.supplyAsync(() -> MutiraoClient.connect(options));
  }

  private static MutiraoException failure(CompletableFuture<MutiraoClient> connecting) {
    CompletionException failed = assertThrows(CompletionException.class, connecting::join);
    return (MutiraoException) failed.getCause();
  }

  @Test
  void registersAsTheOptionsSay() {
    try (FakeServer server = new FakeServer()) {
      CompletableFuture<MutiraoClient> connecting =
          connecting(
              ClientOptions.to(server.address())
                  .role(Role.OBSERVER)
                  .login("user", "word")
                  .lang("pt-BR")
                  .build());
      FakeConnection connection = server.accept();
      ClientFrame.Register register = connection.register("Client-1234");
      assertNull(register.name());
      assertEquals(Role.OBSERVER, register.role());
      assertEquals("user", register.credentials().username());
      assertEquals("word", register.credentials().password());
      assertEquals("pt-BR", register.lang());
      assertFalse(register.presence(), "nobody listens");
      try (MutiraoClient client = Stage.get(connecting)) {
        assertEquals("Client-1234", client.name());
        assertEquals(Role.OBSERVER, client.role());
        client.quit();
        connection.expectQuit();
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws IOException {
    // Held, so that nobody else gets the port, by a socket that does not listen.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      ClientOptions options = ClientOptions.to("127.0.0.1", held.getLocalPort()).build();
      MutiraoException failure =
          assertThrows(MutiraoException.class, () -> MutiraoClient.connect(options));
      assertEquals(MutiraoException.UNREACHABLE, failure.code());
      assertTrue(failure.definite());
    }
  }

  @Test
  void aServerThatSaysNothingIsUnreachable() {
    try (FakeServer server = new FakeServer()) {
      CompletableFuture<MutiraoClient> connecting =
          connecting(
              ClientOptions.to(server.address()).registerTimeout(Duration.ofMillis(50)).build());
      FakeConnection silent = server.accept();
      assertEquals(MutiraoException.UNREACHABLE, failure(connecting).code());
      ClientFrame said = silent.next();
      if (said != null) {
        // Its time may be over before it gets to say a word.
        assertInstanceOf(ClientFrame.Register.class, said);
        assertNull(silent.next(), "the connection is closed");
      }
    }
  }

  @Test
  void aRefusalKeepsItsCode() {
    try (FakeServer server = new FakeServer()) {
      CompletableFuture<MutiraoClient> connecting =
          connecting(ClientOptions.to(server.address()).name("ana").build());
      FakeConnection connection = server.accept();
      connection.refuse(connection.next(ClientFrame.Register.class).ref(), ErrorCode.NAME_TAKEN);
      assertTrue(failure(connecting).is(ErrorCode.NAME_TAKEN));
      assertNull(connection.next(), "the connection is closed");
    }
  }

  @Test
  void theNextServerIsTriedWhereOneDoesNotAnswerOrCannot() {
    try (FakeServer first = new FakeServer();
        FakeServer second = new FakeServer();
        FakeServer third = new FakeServer()) {
      String servers = first.address() + ", " + second.address() + "," + third.address();
      first.close();
      CompletableFuture<MutiraoClient> connecting =
          connecting(ClientOptions.to(servers).name("ana").build());
      FakeConnection busy = second.accept();
      busy.refuse(busy.next(ClientFrame.Register.class).ref(), ErrorCode.UNAVAILABLE);
      FakeConnection connection = third.accept();
      connection.register("ana");
      try (MutiraoClient client = Stage.get(connecting)) {
        assertEquals(third.address(), client.server());
        client.quit();
        connection.expectQuit();
      }
    }
  }

  @Test
  void theServerThatWasLostIsTriedLast() {
    try (FakeServer first = new FakeServer();
        FakeServer second = new FakeServer()) {
      Recorder heard = new Recorder();
      ManualTiming timing = new ManualTiming();
      ClientOptions options =
          ClientOptions.to(first.address() + "," + second.address())
              .name("ana")
              .listener(heard)
              .build();
      CompletableFuture<MutiraoClient> connecting =
          CompletableFuture.supplyAsync(() -> Stage.connect(options, timing));
      FakeConnection busy = first.accept();
      busy.refuse(busy.next(ClientFrame.Register.class).ref(), ErrorCode.UNAVAILABLE);
      FakeConnection connection = second.accept();
      connection.register("ana");
      try (MutiraoClient client = Stage.get(connecting)) {
        connection.close();
        heard.next(ClientListener.Connection.Connected.class);
        heard.next(ClientListener.Connection.Reconnecting.class);
        timing.advance(5_000);
        FakeConnection still = first.accept();
        still.refuse(still.next(ClientFrame.Register.class).ref(), ErrorCode.UNAVAILABLE);
        second.accept().register("ana", true);
        heard.next(ClientListener.Connection.Resumed.class);
        assertEquals(second.address(), client.server());
        second.close();
      }
    }
  }

  @Test
  void aNameThatIsTakenIsWaitedForUntilItsHolderMustBeGone() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      refuseNext(stage, ErrorCode.NAME_TAKEN);
      assertEquals(2, stage.heard.next(ClientListener.Connection.Reconnecting.class).attempt());
      // Four heartbeats and the resume window later nobody else can be holding it by mistake.
      stage.timing.advance(4 * FakeConnection.HEARTBEAT_MS + 10_000);
      FakeConnection connection = stage.server.accept();
      connection.refuse(connection.next(ClientFrame.Register.class).ref(), ErrorCode.NAME_TAKEN);
      assertEquals("name_taken", stage.heard.next(ClientListener.Connection.Closed.class).code());
      assertEquals("name_taken", Stage.get(stage.client.closed()).code());
    }
  }

  @Test
  void aRefusalThatTryingAgainCannotChangeIsTheEnd() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      refuseNext(stage, ErrorCode.UNAUTHORIZED);
      assertEquals("unauthorized", stage.heard.next(ClientListener.Connection.Closed.class).code());
      MutiraoException over =
          assertThrows(MutiraoException.class, () -> stage.client.ping().await());
      assertTrue(over.is(ErrorCode.UNAUTHORIZED));
    }
  }

  @Test
  void aRefusalThatMayPassIsTriedAgain() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      refuseNext(stage, ErrorCode.OVERLOADED);
      stage.heard.next(ClientListener.Connection.Reconnecting.class);
      stage.reconnect();
      stage.connection.register("ana", true);
      stage.heard.next(ClientListener.Connection.Resumed.class);
    }
  }

  private static void refuseNext(Stage stage, ErrorCode code) {
    stage.timing.advance(5_000);
    FakeConnection connection = stage.server.accept();
    connection.refuse(connection.next(ClientFrame.Register.class).ref(), code);
  }

  @Test
  void givesUpAfterTheTimeForIt() {
    try (Stage stage =
        Stage.set(
            options ->
                options.reconnect(
                    new ClientOptions.Reconnect(
                        true,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))))) {
      stage.server.close();
      ClientListener.Connection change = stage.heard.next(ClientListener.Connection.class);
      for (int tries = 0; change instanceof ClientListener.Connection.Reconnecting; tries++) {
        assertTrue(tries < 100, "it should have given up");
        stage.timing.advance(5_000);
        change = stage.heard.next(ClientListener.Connection.class);
      }
      ClientListener.Connection.Closed closed =
          assertInstanceOf(ClientListener.Connection.Closed.class, change);
      assertEquals(MutiraoException.UNREACHABLE, closed.code());
    }
  }

  @Test
  void withoutReconnectABreakIsTheEnd() {
    try (Stage stage = Stage.set(options -> options.reconnect(ClientOptions.Reconnect.NEVER))) {
      Reply<Long> reply = stage.client.broadcast("oi");
      stage.connection.next(ClientFrame.Broadcast.class);
      stage.connection.close();
      assertEquals(
          MutiraoException.DISCONNECTED,
          stage.heard.next(ClientListener.Connection.Closed.class).code());
      MutiraoException lost =
          assertThrows(MutiraoException.class, () -> reply.await(Stage.PATIENCE));
      assertEquals(MutiraoException.DISCONNECTED, lost.code());
      assertFalse(lost.definite());
    }
  }

  @Test
  void aSilentServerIsAskedForASignOfLifeAndGivenUpAfterThreeHeartbeats() {
    try (Stage stage = Stage.set()) {
      stage.settle();
      stage.timing.advance(FakeConnection.HEARTBEAT_MS - 1_000);
      stage.timing.advance(1_000);
      assertNull(stage.connection.next(ClientFrame.Ping.class).ref());
      stage.timing.advance(FakeConnection.HEARTBEAT_MS);
      assertNull(stage.connection.next(ClientFrame.Ping.class).ref());
      stage.timing.advance(FakeConnection.HEARTBEAT_MS);
      ClientListener.Connection.Reconnecting waiting =
          stage.heard.next(ClientListener.Connection.Reconnecting.class);
      assertTrue(waiting.reason().startsWith("nothing was heard for 45000 ms"), waiting.reason());
    }
  }

  @Test
  void amongSeveralServersASilentOneIsLeftWithinTheResumeWindow() {
    try (FakeServer other = new FakeServer();
        Stage stage = Stage.among(other)) {
      stage.settle();
      stage.timing.advance(3_000);
      assertNull(stage.connection.next(ClientFrame.Ping.class).ref());
      stage.timing.advance(3_000);
      assertNull(stage.connection.next(ClientFrame.Ping.class).ref());
      stage.timing.advance(2_000);
      stage.heard.next(ClientListener.Connection.Reconnecting.class);
      stage.timing.advance(1_000);
      other.accept().register("ana", true);
      stage.heard.next(ClientListener.Connection.Resumed.class);
    }
  }

  @Test
  void aServerThatStoodStillAndSaysThatNobodyRegisteredIsTriedAgain() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      stage.reconnect();
      stage.connection.next(ClientFrame.Register.class);
      stage.connection.send(
          new ServerFrame.Error(
              null, ErrorCode.NOT_REGISTERED, "nobody registered in time", null, null, null, null));
      stage.heard.next(ClientListener.Connection.Reconnecting.class);
      stage.reconnect();
      stage.connection.register("ana", true);
      stage.heard.next(ClientListener.Connection.Resumed.class);
    }
  }

  @Test
  void whatTheServerSaysIsASignOfLife() {
    try (Stage stage = Stage.set()) {
      for (int i = 0; i < 10; i++) {
        stage.settle();
        stage.timing.advance(FakeConnection.HEARTBEAT_MS - 1_000);
      }
      stage.settle();
      assertTrue(stage.client.connected());
    }
  }

  @Test
  void theWaitGrowsWhileAServerTakesUsAndDropsUsAgain() {
    try (Stage stage = Stage.set()) {
      for (int attempt = 1; attempt <= 4; attempt++) {
        assertEquals(attempt, stage.breakConnection().attempt());
        stage.timing.advance(4_000);
        stage.connection = stage.server.accept();
        stage.connection.register("ana", true);
        stage.heard.next(ClientListener.Connection.Resumed.class);
      }
      stage.timing.advance(5_000);
      assertEquals(1, stage.breakConnection().attempt());
    }
  }

  @Test
  void aTryThatSucceedsAfterTheEndSaysGoodbye() {
    try (Stage stage = Stage.set()) {
      stage.breakConnection();
      stage.reconnect();
      ClientFrame.Register register = stage.connection.next(ClientFrame.Register.class);
      stage.client.close();
      stage.heard.next(ClientListener.Connection.Closed.class);
      stage.connection.welcome(register, "ana", true);
      stage.connection.next(ClientFrame.Quit.class);
    }
  }

  @Test
  void optionsShowNoSecret() {
    ClientOptions options = ClientOptions.to("localhost").name("ana").token("s3cret").build();
    assertFalse(options.toString().contains("s3cret"));
    assertFalse(options.credentials().toString().contains("s3cret"));
    ClientOptions other = options.toBuilder().name("bruno").build();
    assertEquals("s3cret", other.credentials().token());
    assertEquals("bruno", other.name());
  }

  @Test
  void wrongOptionsAreRefused() {
    ClientOptions.Builder options = ClientOptions.to("localhost").connectTimeout(Duration.ZERO);
    assertThrows(IllegalArgumentException.class, options::build);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ClientOptions.Reconnect(true, Duration.ofSeconds(2), Duration.ofSeconds(1), null));
    assertThrows(IllegalArgumentException.class, () -> new ClientOptions.Bounds(0, 1, 1));
  }
}
