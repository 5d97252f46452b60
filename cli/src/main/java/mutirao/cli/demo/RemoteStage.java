package mutirao.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import mutirao.web.Stage;
import org.jspecify.annotations.Nullable;

/** The stage as one of its servers sees it: whoever started them does what is asked. */
public final class RemoteStage implements Stage {
  private static final int PARTS = 3;

  private final int port;
  private final String secret;
  private final Set<String> nodes;

  private RemoteStage(int port, String secret, Set<String> nodes) {
    this.port = port;
    this.secret = secret;
    this.nodes = nodes;
  }

  /** The stage that the environment tells of; null: this server is on none. */
  public static @Nullable RemoteStage ofEnvironment(@Nullable String told) {
    String[] parts = told == null ? new String[0] : told.split(" ", -1);
    return parts.length == PARTS
        ? new RemoteStage(Integer.parseInt(parts[0]), parts[1], Set.of(parts[2].split(",", -1)))
        : null;
  }

  @Override
  public Set<String> nodes() {
    return nodes;
  }

  @Override
  public void kill(String node) {
    knock("kill", node);
  }

  @Override
  public void start(String node) {
    knock("start", node);
  }

  private void knock(String verb, String node) {
    try (Socket door = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      door.getOutputStream().write((secret + " " + verb + " " + node + "\n").getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
