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

  /** Holds so many, all at once, so that no two are the same; whoever needs them closes them. */
  public static List<ServerSocket> hold(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        held.add(one());
      }
    } catch (IOException e) {
      for (ServerSocket socket : held) {
        socket.close();
      }
      throw e;
    }
    return held;
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
