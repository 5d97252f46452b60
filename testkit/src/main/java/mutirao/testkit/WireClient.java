package mutirao.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bare connection: lines out, lines in, as netcat would. For tests of what exactly goes over the
 * wire. Each wait has one generous bound, after which the test fails. Not thread-safe.
 */
public final class WireClient implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  private final Socket socket;
  private final BufferedReader lines;

  private WireClient(Socket socket) throws IOException {
    this.socket = socket;
    this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
  }

  /** Connects. */
  public static WireClient connect(InetSocketAddress address) {
    try {
      return new WireClient(new Socket(address.getAddress(), address.getPort()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends one line. */
  public WireClient send(String line) {
    return sendRaw((line + "\n").getBytes(UTF_8));
  }

  /** Sends bytes as they are. */
  public WireClient sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The next line; null where the server closed the connection. */
  public @Nullable String receive() {
    try {
      return lines.readLine();
    } catch (IOException failure) {
      throw new UncheckedIOException("nothing came within " + PATIENCE_MS + " ms", failure);
    }
  }

  /** Reads on until a line satisfies {@code wanted}, and returns it. */
  public String await(Predicate<String> wanted) {
    for (String line = receive(); line != null; line = receive()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("the server closed the connection before it came");
  }

  /** Reads on until a frame of this type comes. */
  public String await(String type) {
    return await(line -> line.startsWith("{\"type\":\"" + type + "\""));
  }

  /** Reads on until the server closes the connection. */
  public void awaitClose() {
    for (String line = receive(); line != null; ) {
      line = receive();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
