package mutirao.server.story.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client with a bare socket: a person with netcat. One thread uses it; another one reads. */
public final class TcpClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Socket socket;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private TcpClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects, and reads everything that comes. */
  public static TcpClient connect(InetSocketAddress address) {
    TcpClient client = connectWithoutReading(address);
    client.startReading();
    return client;
  }

  /** The same from another of this machine's addresses. */
  public static TcpClient connect(InetSocketAddress address, InetAddress from) {
    TcpClient client = connectWithoutReading(address, from);
    client.startReading();
    return client;
  }

  /** Connects, and leaves what comes unread until {@link #startReading}. */
  public static TcpClient connectWithoutReading(InetSocketAddress address) {
    return connectWithoutReading(address, null);
  }

  private static TcpClient connectWithoutReading(
      InetSocketAddress address, @Nullable InetAddress from) {
    try {
      Socket socket = new Socket(address.getAddress(), address.getPort(), from, 0);
      socket.setTcpNoDelay(true);
      return new TcpClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to read. */
  public void startReading() {
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (socket) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.add(line);
      }
      heard.add(Wire.CLOSED);
    } catch (IOException e) {
      // A connection that is reset is as closed as one that ended well.
      heard.add(Wire.CLOSED);
    }
  }

  /**
   * Sends bytes.
   *
   * @return false where the connection is closed, which whoever reads finds out too
   */
  public boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a frame and its newline. */
  public void say(String frame) {
    send((frame + "\n").getBytes(UTF_8));
  }

  /**
   * The next line, or {@link Wire#CLOSED}; {@link Wire#NOTHING} where none comes for a long time.
   */
  public String next() {
    try {
      String line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        return Wire.NOTHING;
      }
      if (line.equals(Wire.CLOSED)) {
        heard.add(line);
      }
      return line;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting for a frame", e);
    }
  }

  /** Reads on until a line contains {@code text}, and gives that line (or how it ended). */
  public String nextWith(String text) {
    String line = next();
    while (line.startsWith("{") && !line.contains(text)) {
      line = next();
    }
    return line;
  }

  /** Says that nothing more will be sent; a server that has hung up already need not be told. */
  public void endInput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Lets go of the connection so that the other side sees a reset. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
