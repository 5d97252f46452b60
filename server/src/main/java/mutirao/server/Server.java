package mutirao.server;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mutirao.core.Machine;
import mutirao.core.log.Log;
import mutirao.core.log.MemoryLog;
import mutirao.server.gateway.Gateway;
import mutirao.server.tcp.Loop;
import mutirao.server.tcp.TcpEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server: every part made in order, closed in reverse. Thread-safe. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int EXIT_BROKEN = 70;

  private final Log log;
  private final Gateway gateway;
  private final Loop loop;
  private final TcpEdge tcp;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  private Server(Log log, Gateway gateway, Loop loop, TcpEdge tcp) {
    this.log = log;
    this.gateway = gateway;
    this.loop = loop;
    this.tcp = tcp;
  }

  /**
   * Starts a server in memory with the real clock and real chance. A broken invariant ends the
   * process: going on would spread the damage.
   *
   * <p>Fails with a {@link java.net.BindException} where the address is not to be had.
   */
  public static Server start(ServerConfig config) throws InterruptedException {
    return start(
        config,
        Clock.system(),
        Chance.secure(),
        fault -> {
          LOG.error("an invariant is broken; the server stops", fault);
          Runtime.getRuntime().halt(EXIT_BROKEN);
        });
  }

  /** Starts a server with a clock and chance of the caller's, for tests. */
  public static Server start(
      ServerConfig config, Clock clock, Chance chance, Consumer<Throwable> onFault)
      throws InterruptedException {
    Log log = new MemoryLog();
    Gateway gateway = new Gateway(config, log, new Machine(config.settings()), clock, chance);
    Loop loop = new Loop(gateway, clock, onFault);
    try {
      // Last, because from here on somebody may connect.
      TcpEdge tcp = TcpEdge.listen(loop, new InetSocketAddress(config.bind(), config.port()));
      return new Server(log, gateway, loop, tcp);
    } catch (InterruptedException | RuntimeException | Error failure) {
      loop.close();
      log.close();
      throw failure;
    }
  }

  /** Where people connect, with the port that was picked. */
  public InetSocketAddress address() {
    return tcp.address();
  }

  /** Lets the server look at its clock now; for tests whose clock only moves when told. */
  public void wakeUp() {
    loop.wakeUp();
  }

  /** Connections now, registered or not; waits for the loop's turn. */
  public int connectionCount() {
    AtomicInteger count = new AtomicInteger();
    loop.submit(() -> count.set(gateway.connectionCount())).syncUninterruptibly();
    return count.get();
  }

  /** Waits until the server is closed. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Says goodbye to everybody, then stops. Repeatable. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    tcp.close();
    loop.submit(gateway::shutDown).syncUninterruptibly();
    loop.awaitDrained();
    loop.close();
    log.close();
    closed.countDown();
  }
}
