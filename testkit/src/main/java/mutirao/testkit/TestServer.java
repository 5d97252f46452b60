package mutirao.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.server.Chance;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a free loopback port, in this process, whose clock stands still until {@link
 * #advance}: what takes an hour in production takes a line in a test, and nothing has to sleep.
 * Thread-safe.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.start();
 *     MutiraoClient ana = server.client("ana")) {
 *   server.worker("Worker-1", Map.of("reverse", task -> reversed(task.text("text"))));
 *   assertEquals("cba", ana.call("reverse", Map.of("text", "abc")));
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {
  /**
   * Longer than any test lets pass. Signs of life are given in real time, of which none need pass
   * between one {@link #advance} and the next.
   */
  private static final Duration HEARTBEAT = Duration.ofDays(365);

  private final ManualClock clock;
  private final Server server;
  private final AtomicReference<@Nullable Throwable> fault;

  private TestServer(ManualClock clock, Server server, AtomicReference<@Nullable Throwable> fault) {
    this.clock = clock;
    this.server = server;
    this.fault = fault;
  }

  /**
   * Starts a server as everybody gets it, but for the clock, a port of its own, and that it asks
   * nobody for signs of life.
   */
  public static TestServer start() {
    return start(
        ServerConfig.DEFAULT.withTimes(
            HEARTBEAT.toMillis(), ServerConfig.DEFAULT.registrationTimeoutMs()));
  }

  /**
   * Starts a server with other bounds or times; address and port in {@code config} do not count.
   * Whoever does not answer within its heartbeat, by the clock of the test, is taken for dead.
   */
  public static TestServer start(ServerConfig config) {
    ManualClock clock = new ManualClock();
    AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    try {
      Server server =
          Server.start(
              config.withAddress("127.0.0.1", 0),
              clock,
              Chance.secure(),
              thrown -> fault.compareAndSet(null, thrown));
      return new TestServer(clock, server, fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server started", interrupted);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Where it listens, as the command line and {@link ClientOptions} take it. */
  public String hostAndPort() {
    return "127.0.0.1:" + address().getPort();
  }

  /** Options that lead here. */
  public ClientOptions.Builder options(String name) {
    return ClientOptions.to(hostAndPort()).name(name);
  }

  /** A connected client. */
  public MutiraoClient client(String name) {
    return MutiraoClient.connect(options(name).build());
  }

  /** A worker with operations of the test's. */
  public MutiraoWorker worker(String name, Map<String, Operation> operations) {
    return MutiraoWorker.of(options(name).build()).operations(operations).start();
  }

  /** A bare connection that speaks lines. */
  public WireClient wire() {
    return WireClient.connect(address());
  }

  /** Now, by the server's clock. */
  public long nowMs() {
    return clock.nowMs();
  }

  /**
   * Moves the clock on and lets the server do what is due. What it does has been done when a later
   * request is answered.
   */
  public void advance(Duration by) {
    clock.advance(by);
    server.wakeUp();
  }

  /**
   * Stops it.
   *
   * @throws AssertionError where an invariant of the server broke meanwhile
   */
  @Override
  public void close() {
    server.close();
    Throwable broken = fault.get();
    if (broken != null) {
      throw new AssertionError("an invariant of the server broke", broken);
    }
  }
}
