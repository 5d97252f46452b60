package mutirao.bench.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An event loop over plain sockets: one turn reads everything that is ready, lets the roles answer,
 * and then makes one write for each connection that has something to say. Belongs to the one thread
 * that calls {@link #turn}.
 */
public final class Loop implements AutoCloseable {
  private static final int READ_BYTES = 256 * 1024;
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private List<Connection> dirty = new ArrayList<>();
  private List<Connection> flushing = new ArrayList<>();
  private byte[] readBytes = new byte[READ_BYTES];
  private ByteBuffer readView = ByteBuffer.wrap(readBytes);
  private long readNanos = System.nanoTime();

  /** A loop with no connections. */
  public Loop() throws IOException {
    selector = Selector.open();
  }

  /** Begins to connect; the role is told once the connection stands, or why it does not. */
  public Connection connect(InetSocketAddress address, Role role) throws IOException {
    return connect(Door.open(address), role);
  }

  /** The same through any door; a connection stands once its handshake is over. */
  public Connection connect(Door door, Role role) throws IOException {
    SSLContext context = door.tls();
    Tls tls = context == null ? null : Tls.client(context, door.address());
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(door.address());
      int interest = connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
      Connection connection = adopt(channel, role, interest, tls);
      if (connected) {
        boolean _ = connection.connected();
      }
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Accepts connections at {@code address}, each with a role of its own.
   *
   * @return where it listens, the port filled in
   */
  public InetSocketAddress listen(InetSocketAddress address, Supplier<Role> roles)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.configureBlocking(false);
    server.bind(address, BACKLOG);
    server.register(selector, SelectionKey.OP_ACCEPT, new Acceptor(server, roles));
    return (InetSocketAddress) server.getLocalAddress();
  }

  /**
   * One turn: waits for something to happen, handles it, sends the answers.
   *
   * @param timeoutMs longest wait; 0 does not wait at all
   */
  public void turn(long timeoutMs) throws IOException {
    flush();
    if (timeoutMs <= 0) {
      selector.selectNow(Loop::ready);
    } else {
      selector.select(Loop::ready, timeoutMs);
    }
    flush();
  }

  /**
   * Ends the wait of a {@link #turn} in another thread; the one method that any thread may call.
   */
  public void wakeUp() {
    selector.wakeup();
  }

  /**
   * The {@link System#nanoTime} at which the bytes being handled were read: one look at the clock
   * for all frames of a read.
   */
  public long readNanos() {
    return readNanos;
  }

  /** Connections that are neither closed nor lost. */
  public int size() {
    return connections.size();
  }

  /** Closes all connections and listeners; no role is told. A second time does nothing. */
  @Override
  public void close() throws IOException {
    if (!selector.isOpen()) {
      return;
    }
    for (Connection connection : new ArrayList<>(connections)) {
      connection.close();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private Connection adopt(SocketChannel channel, Role role, int interest, @Nullable Tls tls)
      throws IOException {
    SelectionKey key = channel.register(selector, interest);
    Connection connection = new Connection(this, channel, role, key, tls);
    key.attach(connection);
    connections.add(connection);
    return connection;
  }

  private static void ready(SelectionKey key) {
    switch (key.attachment()) {
      case Connection connection -> connection.ready();
      case Acceptor acceptor -> acceptor.accept();
      default -> throw new IllegalStateException("unknown attachment " + key.attachment());
    }
  }

  private void flush() {
    List<Connection> now = dirty;
    dirty = flushing;
    flushing = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
  }

  void dirty(Connection connection) {
    dirty.add(connection);
  }

  void markRead() {
    readNanos = System.nanoTime();
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  byte[] readBytes(int alreadyThere) {
    if (readBytes.length - alreadyThere < READ_BYTES / 2) {
      readBytes = new byte[alreadyThere + READ_BYTES];
      readView = ByteBuffer.wrap(readBytes);
    }
    return readBytes;
  }

  ByteBuffer readView() {
    return readView;
  }

  private final class Acceptor {
    private final ServerSocketChannel server;
    private final Supplier<Role> roles;

    Acceptor(ServerSocketChannel server, Supplier<Role> roles) {
      this.server = server;
      this.roles = roles;
    }

    void accept() {
      try {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
          channel.configureBlocking(false);
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          boolean _ = adopt(channel, roles.get(), SelectionKey.OP_READ, null).connected();
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
