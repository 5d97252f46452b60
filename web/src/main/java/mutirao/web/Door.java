package mutirao.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mutirao.server.ServerConfig;
import mutirao.server.tcp.Addresses;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody hold more of the web port than of the other one: connections of one address and of
 * all, time until the first request, time for a request to arrive. The library has a bound on
 * silence alone, which whoever sends a byte now and then never reaches. Thread-safe.
 */
final class Door implements SelectorManager.AcceptListener, Connection.Listener {
  private final Scheduler scheduler;
  private final long firstRequestMs;
  private final long requestMs;
  private final int most;
  private final Addresses addresses;
  private final Map<SelectableChannel, InetAddress> inside = new ConcurrentHashMap<>();
  private final Map<Connection, Arrival> arrivals = new ConcurrentHashMap<>();

  /** How far a connection's requests had come when it was last looked at. */
  private record Arrival(long requests, long bytes, boolean slow) {}

  /** A door with the bounds of a server, but for those whom {@code addresses} spares. */
  Door(ServerConfig config, Addresses addresses, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.firstRequestMs = config.registrationTimeoutMs();
    this.requestMs = config.edge().frameTimeoutMs();
    this.most = config.maxConnections();
    this.addresses = addresses;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    InetAddress from = from(channel);
    if (from == null) {
      return;
    }
    inside.put(channel, from);
    Addresses.Verdict verdict;
    synchronized (addresses) {
      verdict = addresses.enter(from);
    }
    if (verdict != Addresses.Verdict.WELCOME || inside.size() > most) {
      close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable why) {
    onClosed(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    InetAddress from = inside.remove(channel);
    if (from != null) {
      synchronized (addresses) {
        addresses.leave(from);
      }
    }
  }

  private static @Nullable InetAddress from(SelectableChannel channel) {
    try {
      return channel instanceof SocketChannel socket
              && socket.getRemoteAddress() instanceof InetSocketAddress remote
          ? remote.getAddress()
          : null;
    } catch (IOException e) {
      // It is gone already.
      return null;
    }
  }

  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onOpened(Connection connection) {
    arrivals.put(connection, new Arrival(0, 0, false));
    later(connection, firstRequestMs);
  }

  @Override
  public void onClosed(Connection connection) {
    arrivals.remove(connection);
  }

  private void later(Connection connection, long ms) {
    var _ = scheduler.schedule(() -> look(connection), ms, TimeUnit.MILLISECONDS);
  }

  /**
   * Whoever waits for an answer sends nothing. What has sent something twice in a row, without one
   * more request being there, takes too long over its head or its body.
   */
  private void look(Connection connection) {
    Arrival before = arrivals.get(connection);
    if (before == null) {
      return;
    }
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean slow = requests == before.requests && bytes > before.bytes;
    if (requests == 0 || (slow && before.slow)) {
      connection.getEndPoint().close();
      return;
    }
    arrivals.replace(connection, new Arrival(requests, bytes, slow));
    later(connection, requestMs);
  }
}
