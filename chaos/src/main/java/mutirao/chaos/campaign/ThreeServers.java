package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mutirao.chaos.fault.ServerProcess;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;

/** Three servers that have one log. */
public final class ThreeServers implements AutoCloseable {
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final long LEADER_WITHIN_SECONDS = 60;
  private static final long ASK_EVERY_MS = 100;

  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();
  private final Random random;

  private ThreeServers(long seed) {
    this.random = new Random(seed);
  }

  /** Starts them, with folders of their own in {@code folder}, and waits until one leads. */
  public static ThreeServers start(Path folder, long seed)
      throws IOException, InterruptedException {
    ThreeServers three = new ThreeServers(seed);
    List<String> members = new ArrayList<>();
    for (String node : NODES) {
      members.add(node + "=127.0.0.1:" + Servers.freePort());
    }
    String cluster = String.join(",", members);
    for (String node : NODES) {
      three.servers.put(node, Servers.member(folder, node, cluster));
    }
    try {
      for (ServerProcess server : three.servers.values()) {
        server.start();
      }
      three.leader();
      return three;
    } catch (IOException | InterruptedException | RuntimeException e) {
      three.close();
      throw e;
    }
  }

  /** Where all of them are, as a client is told. */
  public String addresses() {
    return String.join(",", servers.values().stream().map(ServerProcess::address).toList());
  }

  /** One of them, for whoever wants one. */
  public ServerProcess any() {
    return servers.values().iterator().next();
  }

  /** The one that leads. */
  public ServerProcess leader() throws IOException, InterruptedException {
    return Objects.requireNonNull(servers.get(leading()));
  }

  private String leading() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_WITHIN_SECONDS);
    while (true) {
      try (MutiraoClient client =
          MutiraoClient.connect(ClientOptions.to(addresses()).presence(false).build())) {
        String leader = client.cluster().await().leader();
        if (leader != null && servers.containsKey(leader)) {
          return leader;
        }
      } catch (MutiraoException e) {
        if (System.nanoTime() - endNs > 0) {
          throw new IOException("no server leads", e);
        }
      }
      if (System.nanoTime() - endNs > 0) {
        throw new IOException("no server leads");
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
    }
  }

  private ServerProcess follower() throws IOException, InterruptedException {
    List<String> others = new ArrayList<>(NODES);
    others.remove(leading());
    return Objects.requireNonNull(servers.get(others.get(random.nextInt(others.size()))));
  }

  /** {@code fault} strikes whoever leads then. */
  public Fault ofLeader(Fault fault) {
    return (_, downMs) -> fault.strike(leader(), downMs);
  }

  /** {@code fault} strikes somebody who follows then. */
  public Fault ofFollower(Fault fault) {
    return (_, downMs) -> fault.strike(follower(), downMs);
  }

  /** All are killed at once, and started again. */
  public Fault crashOfAll() {
    return (_, downMs) -> {
      for (ServerProcess server : servers.values()) {
        server.kill();
      }
      TimeUnit.MILLISECONDS.sleep(downMs);
      for (ServerProcess server : servers.values()) {
        server.start();
      }
      leader();
    };
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
