package mutirao.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Passes connections on to a server until it is cut, or led to another one. Thread-safe. */
final class FragileLine implements AutoCloseable {
  private static final int CHUNK_BYTES = 512;

  private final ServerSocket listening;
  private final List<Socket> open = new ArrayList<>();
  private InetSocketAddress target;
  private boolean down;

  FragileLine(InetSocketAddress target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  String hostAndPort() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Breaks all connections; the next ones work. */
  synchronized void cut() {
    open.forEach(FragileLine::close);
    open.clear();
  }

  /** Breaks all connections, and new ones at once, until {@link #repair}. */
  synchronized void takeDown() {
    down = true;
    cut();
  }

  synchronized void repair() {
    down = false;
  }

  /** Breaks all connections; the next ones lead elsewhere. */
  synchronized void leadTo(InetSocketAddress other) {
    target = other;
    cut();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        connect(listening.accept());
      } catch (IOException e) {
        // The listening socket was closed, or the server is gone; the client will try again.
      }
    }
  }

  private synchronized void connect(Socket client) throws IOException {
    if (down) {
      client.close();
      return;
    }
    open.add(client);
    Socket server = new Socket();
    open.add(server);
    server.connect(target);
    Thread.startVirtualThread(() -> pass(client, server));
    Thread.startVirtualThread(() -> pass(server, client));
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        out.write(chunk, 0, length);
      }
    } catch (IOException e) {
      // One side is gone, so both are.
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    takeDown();
  }
}
