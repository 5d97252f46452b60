package mutirao.client;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mutirao.client.fake.FakeConnection;
import mutirao.client.fake.FakeServer;
import mutirao.client.fake.ManualTiming;
import mutirao.client.fake.Recorder;
import mutirao.client.session.Enlistment;
import mutirao.client.session.Session;
import mutirao.client.session.WorkerPart;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ServerFrame;

/** A client called ana on one side, a server played by the test on the other. */
final class Stage implements AutoCloseable {
  /** Waits long enough for anything, and is never waited out. */
  static final Duration PATIENCE = Duration.ofMillis(FakeServer.PATIENCE_MS);

  final FakeServer server = new FakeServer();
  final ManualTiming timing = new ManualTiming();
  final Recorder heard;
  final MutiraoClient client;
  final ClientFrame.Register firstRegister;
  FakeConnection connection;

  private Stage(Recorder heard, String others, UnaryOperator<ClientOptions.Builder> options) {
    this.heard = heard;
    ClientOptions.Builder usual =
        ClientOptions.to(server.address() + others).name("ana").listener(heard).lang("en");
    CompletableFuture<MutiraoClient> connecting =
        CompletableFuture.supplyAsync(() -> connect(options.apply(usual).build(), timing));
    connection = server.accept();
    firstRegister = connection.register("ana");
    client = get(connecting);
    heard.next(ClientListener.Connection.Connected.class);
  }

  static Stage set() {
    return set(options -> options);
  }

  static Stage set(UnaryOperator<ClientOptions.Builder> options) {
    return new Stage(new Recorder(), "", options);
  }

  static Stage set(Recorder listener, UnaryOperator<ClientOptions.Builder> options) {
    return new Stage(listener, "", options);
  }

  /** One whose client knows another server, too. */
  static Stage among(FakeServer other) {
    return new Stage(new Recorder(), "," + other.address(), options -> options);
  }

  static MutiraoClient connect(ClientOptions options, ManualTiming timing) {
    Session session = new Session(options, Enlistment.as(options.role()), timing, new Random(1));
    session.connect(WorkerPart.NONE);
    return new MutiraoClient(session);
  }

  /** Waits for what must come. */
  static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(FakeServer.PATIENCE_MS, TimeUnit.MILLISECONDS).join();
  }

  /** Sees to it that the client has read all that was sent so far. */
  void settle() {
    Reply<Duration> reply = client.ping();
    ClientFrame.Ping ping = connection.next(ClientFrame.Ping.class);
    connection.send(new ServerFrame.Pong(ping.ref(), 1));
    reply.await(PATIENCE);
  }

  /** Breaks the connection and waits until the client has noticed. */
  ClientListener.Connection.Reconnecting breakConnection() {
    connection.close();
    return heard.next(ClientListener.Connection.Reconnecting.class);
  }

  /** Lets the wait before the next try pass, and takes the connection that comes. */
  void reconnect() {
    timing.advance(5_000);
    connection = server.accept();
  }

  /** Breaks the connection and takes the session up again; returns how the client asked for it. */
  ClientFrame.Register resume() {
    breakConnection();
    reconnect();
    ClientFrame.Register register = connection.register("ana", true);
    heard.next(ClientListener.Connection.Resumed.class);
    return register;
  }

  /** Breaks the connection and gives the client a new session. */
  ClientFrame.Register replace() {
    breakConnection();
    reconnect();
    ClientFrame.Register register = connection.register("ana", false);
    heard.next(ClientListener.Connection.Replaced.class);
    return register;
  }

  @Override
  public void close() {
    // Without a connection a client leaves at once.
    connection.close();
    server.close();
    client.close();
  }
}
