package mutirao.cli.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine for servers that must know each other's before they start. */
public final class FreePorts {
  private static final int MOST_TRIES = 1000;

  /** Below those that systems give to outgoing connections: nobody may take them meanwhile. */
  private static final int LEAST_PORT = 12_000;

  private static final int MOST_PORT = 32_000;

  private FreePorts() {}

  /** So many that nobody listens at, no two the same. */
  public static List<Integer> find(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        held.add(one());
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static ServerSocket one() throws IOException {
    IOException taken = new IOException("no port was tried");
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        taken = e;
      }
    }
    throw taken;
  }
}
