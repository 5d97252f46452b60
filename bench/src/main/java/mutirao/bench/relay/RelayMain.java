package mutirao.bench.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The relay as a process of its own; ends when its standard input does, so that it never outlives
 * who started it.
 */
public final class RelayMain {

  private RelayMain() {}

  /** Listens on a free port of 127.0.0.1 and says so the way the server does. */
  public static void main(String[] arguments) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (RelayServer relay = new RelayServer(new InetSocketAddress(loopback, 0))) {
      Thread.ofVirtual().start(() -> closeAtEndOfInput(relay));
      System.out.println("listening on 127.0.0.1:" + relay.address().getPort());
      System.out.flush();
      relay.run();
    }
  }

  private static void closeAtEndOfInput(RelayServer relay) {
    try (relay) {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input broke: " + e.getMessage());
    }
  }
}
