package mutirao.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A line to a server that a test can cut and mend. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final List<Socket> open = new ArrayList<>();
  private boolean down;

  Relay(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String hostAndPort() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        connect(listening.accept());
      }
    } catch (IOException e) {
      // Closed: the test is over.
      return;
    }
  }

  private synchronized void connect(Socket near) throws IOException {
    if (down) {
      near.close();
      return;
    }
    Socket far = new Socket(server.getAddress(), server.getPort());
    open.add(near);
    open.add(far);
    Thread.ofVirtual().start(() -> pump(near, far));
    Thread.ofVirtual().start(() -> pump(far, near));
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut, or one side hung up: either way this line is over.
      return;
    }
  }

  /** Cuts every line, and lets nobody through until {@link #mend}. */
  synchronized void cut() throws IOException {
    down = true;
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  /** Lets everybody through again. */
  synchronized void mend() {
    down = false;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
