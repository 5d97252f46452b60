package mutirao.bench.peers.nats;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peers.Installed;

/**
 * JetStream on three servers of this machine, each message kept by all three: acknowledged when two
 * operating systems have it. All clients connect to the first server, whether it leads or not.
 */
public final class JetStreamGroupPeer extends JetStreamPeer {
  private static final int SERVERS = 3;
  private static final int OK = 200;
  private static final long READY_WITHIN_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  @Override
  public String name() {
    return "jetstream-three";
  }

  @Override
  int replicas() {
    return SERVERS;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    String program = Installed.find(PROGRAM).orElseThrow().toString();
    List<Integer> ports = RunningServer.freePorts(2 * SERVERS);
    List<Integer> peerPorts = ports.subList(0, SERVERS);
    String routes =
        peerPorts.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","));
    List<RunningServer> members = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      Path own = directory.resolve("n" + i);
      String peerPort = Integer.toString(peerPorts.get(i));
      String monitorPort = Integer.toString(ports.get(SERVERS + i));
      List<String> options =
          List.of(
              ("-a 127.0.0.1 -js -sd %s -n n%d --cluster_name bench --cluster nats://127.0.0.1:%s"
                      + " --routes %s -m %s")
                  .formatted(own.toAbsolutePath(), i, peerPort, routes, monitorPort)
                  .split(" ", -1));
      members.add(
          RunningServer.onFreePort(
              port -> {
                List<String> command = new ArrayList<>(List.of(program, "-p"));
                command.add(Integer.toString(port));
                command.addAll(options);
                return command;
              },
              own));
    }
    for (int i = 0; i < SERVERS; i++) {
      awaitHealth(ports.get(SERVERS + i));
    }
    return RunningServer.group(members);
  }

  /** A server is healthy once it follows the group's leader. */
  private static void awaitHealth(int port) throws IOException {
    long giveUpNs = System.nanoTime() + READY_WITHIN_NS;
    while (!healthy(port)) {
      if (System.nanoTime() > giveUpNs) {
        throw new IOException("JetStream has no leader");
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private static boolean healthy(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/healthz").toURL().openConnection();
      return connection.getResponseCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }
}
