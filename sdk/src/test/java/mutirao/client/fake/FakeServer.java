package mutirao.client.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Listens on a free loopback port; each connection is played by the test. */
public final class FakeServer implements AutoCloseable {
  /** One generous bound for everything a test waits for. */
  public static final int PATIENCE_MS = 20_000;

  private final ServerSocket listening;
  private final List<FakeConnection> connections = new ArrayList<>();

  public FakeServer() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listening.setSoTimeout(PATIENCE_MS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The next connection, once somebody connects. */
  public FakeConnection accept() {
    try {
      FakeConnection connection = new FakeConnection(listening.accept());
      connections.add(connection);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody connected", e);
    }
  }

  @Override
  public void close() {
    connections.forEach(FakeConnection::close);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
