package mutirao.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import mutirao.server.Chance;
import mutirao.server.Secrets;
import mutirao.web.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the demonstration's servers what a spectator wants done to them: lines of {@code
 * secret verb node} on a port of this machine alone.
 */
public final class StageDoor implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StageDoor.class.getName());
  private static final int BACKLOG = 16;
  private static final int PATIENCE_MS = 2000;
  private static final int PARTS = 3;

  private final ServerSocket socket;
  private final String secret = new Secrets(Chance.secure()).create();
  private volatile @Nullable Stage stage;

  /** A door that does nothing before {@link #opensTo}. */
  public StageDoor() throws IOException {
    socket = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().name("mutirao-stage").start(this::listen);
  }

  /** What {@link RemoteStage} needs to knock. */
  String address() {
    return socket.getLocalPort() + " " + secret;
  }

  /** Whose servers it is about. */
  public void opensTo(Stage newStage) {
    stage = newStage;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        caller.setSoTimeout(PATIENCE_MS);
        hear(caller);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "nobody was heard at the stage door", e);
      }
    }
  }

  private void hear(Socket caller) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
    String line = in.readLine();
    String[] parts = line == null ? new String[0] : line.split(" ", PARTS);
    Stage known = stage;
    boolean admitted =
        parts.length == PARTS
            && MessageDigest.isEqual(parts[0].getBytes(US_ASCII), secret.getBytes(US_ASCII));
    if (admitted && known != null && known.nodes().contains(parts[2])) {
      switch (parts[1]) {
        case "kill" -> known.kill(parts[2]);
        case "start" -> known.start(parts[2]);
        default -> {}
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
