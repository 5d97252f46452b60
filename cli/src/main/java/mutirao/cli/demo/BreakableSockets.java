package mutirao.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Sockets that can be cut without a goodbye. For the server that looks like a process that was
 * killed: the connection is reset. Thread-safe.
 */
final class BreakableSockets extends SocketFactory {
  private final List<Socket> sockets = new ArrayList<>();

  @Override
  public synchronized Socket createSocket() {
    Socket socket = new Socket();
    sockets.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return created(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return created(new Socket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return created(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return created(new Socket(address, port, local, localPort));
  }

  private synchronized Socket created(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  /** Cuts them all: what is under way is thrown away, and the peer gets a reset. */
  synchronized void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    }
    sockets.clear();
  }
}
