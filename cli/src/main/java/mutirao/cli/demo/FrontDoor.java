package mutirao.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address for the pages of several servers: each connection goes to one that is there, so that
 * who looks at the page can kill the server that serves it. Forwards bytes and looks at none.
 */
public final class FrontDoor implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FrontDoor.class.getName());
  private static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 128;

  private final ServerSocket socket;
  private final List<Integer> behind;

  /**
   * Begins to listen.
   *
   * @param port wanted; another one where it is somebody else's
   */
  public FrontDoor(int port, List<Integer> behind) throws IOException {
    this.behind = behind;
    this.socket = listen(port);
    Thread.ofVirtual().name("mutirao-front-door").start(this::accept);
  }

  private static ServerSocket listen(int port) throws IOException {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(HOST));
    } catch (IOException e) {
      return new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(HOST));
    }
  }

  /** The port it got. */
  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread.ofVirtual().name("mutirao-front-door-caller").start(() -> serve(caller));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "nobody came in at the front door", e);
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      Socket server = anyServer();
      if (server != null) {
        try (server) {
          Thread back = Thread.ofVirtual().start(() -> copy(server, caller));
          copy(caller, server);
          back.join();
        }
      }
    } catch (IOException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Socket anyServer() {
    for (int port : behind) {
      try {
        return new Socket(InetAddress.ofLiteral(HOST), port);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "nobody listens behind the front door", e);
      }
    }
    return null;
  }

  /** One direction; when it ends, so does the other. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
