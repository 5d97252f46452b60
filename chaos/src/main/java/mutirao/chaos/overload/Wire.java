package mutirao.chaos.overload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection that is read and written as fast as it goes, without a client in between. */
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private final BufferedReader in;

  /** Connects, and registers with that frame. */
  Wire(int port, String register) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1 << 16);
    send(register);
    String line = in.readLine();
    if (line == null || !line.startsWith("{\"type\":\"registered\"")) {
      throw new IOException("not registered: " + line);
    }
  }

  /** Sends lines; blocks while the server does not read. */
  void send(String lines) throws IOException {
    out.write(lines.getBytes(UTF_8));
  }

  /** Hands each line to {@code reader} until the connection is closed. */
  void readAll(Reader reader) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reader.read(line);
      }
    } catch (IOException e) {
      // Closed from here, or the server is gone: the counts say the rest.
    }
  }

  /** Whom lines are told. */
  interface Reader {
    void read(String line) throws IOException;
  }

  /** The number behind {@code name} in a line; negative where it is not there. */
  static long number(String line, String name) {
    int at = line.indexOf("\"" + name + "\":");
    if (at < 0) {
      return -1;
    }
    long value = 0;
    for (int i = at + name.length() + 3; i < line.length(); i++) {
      char digit = line.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      value = 10 * value + digit - '0';
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
