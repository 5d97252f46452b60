package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.protocol.ServerFrame;
import mutirao.server.ArchiveChoice;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Server;
import mutirao.server.Storage;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.server.gateway.Proposer;
import mutirao.server.story.wire.TcpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More questions at once than are answered at once, to servers that first ask one another. */
class ManyReadingsTest {
  /** More than two batches, so that one reading follows upon another. */
  private static final int READINGS = 2 * Proposer.MAX_BATCH + 2;

  private static final long PATIENCE_SECONDS = 30;

  @TempDir private Path folder;
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  private static List<ClusterMember> members() {
    List<ClusterMember> members = new ArrayList<>();
    while (members.size() < 3) {
      // Below those that the system gives to outgoing connections.
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (members.stream().noneMatch(member -> member.port() == port)) {
          members.add(new ClusterMember("n" + (members.size() + 1), "127.0.0.1", port));
        }
      } catch (IOException e) {
        // Taken; another may not be.
      }
    }
    return members;
  }

  private Server start(List<ClusterMember> members, String node) throws InterruptedException {
    Storage storage =
        new Storage(
            folder.resolve(node),
            Storage.Sync.NONE,
            Storage.DEFAULT_SNAPSHOT_BYTES,
            (ArchiveChoice) null,
            new ClusterChoice(members, false));
    return Server.start(
        RunningServer.CONFIG.withNode(node).withStorage(storage),
        Clock.system(),
        Chance.secure(),
        fault::set);
  }

  private interface Work<T, R> {
    R of(T each) throws Exception;
  }

  private static <T, R> List<R> atOnce(List<T> all, Work<T, R> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> done = new ArrayList<>();
      for (Future<R> each : all.stream().map(one -> threads.submit(() -> work.of(one))).toList()) {
        done.add(each.get());
      }
      return done;
    }
  }

  /** Servers say that they have started before they agree on a leader. */
  private static void awaitLeader(Server server) throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    ServerFrame.ClusterState seen = null;
    while (seen == null || seen.leader() == null) {
      assertTrue(System.nanoTime() < endNs, "nobody leads");
      seen = server.inside().cluster().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** One of the three leads. A server that stands still could not be closed either. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoeverLeadsAnswersAllOfThem() throws Exception {
    List<ClusterMember> members = members();
    List<Server> servers = atOnce(members, each -> start(members, each.node()));
    for (Server server : servers) {
      awaitLeader(server);
      try (TcpClient client = TcpClient.connect(server.address())) {
        assertAnswersAll(client);
      }
    }
    atOnce(
        servers,
        server -> {
          server.close();
          return server;
        });
    assertEquals(null, fault.get(), "a fault of the servers' own");
  }

  private static void assertAnswersAll(TcpClient client) {
    client.say("{\"type\":\"register\",\"role\":\"task_client\",\"presence\":false}");
    client.say("{\"type\":\"submit\",\"operation\":\"x\",\"ref\":0}");
    String accepted = client.nextWith("\"ref\":0,");
    String task = accepted.replaceFirst(".*(\"task\":\"[^\"]*\").*", "$1");
    StringBuilder frames = new StringBuilder();
    for (int ref = 1; ref <= READINGS; ref += 2) {
      frames.append("{\"type\":\"query\"," + task + ",\"ref\":" + ref + "}\n");
      frames.append("{\"type\":\"status\",\"ref\":" + (ref + 1) + "}\n");
    }
    client.send(frames.toString().getBytes(UTF_8));
    for (int ref = 1; ref <= READINGS; ref++) {
      String answer = client.next();
      String type = ref % 2 == 1 ? "task_state" : "client_list";
      assertTrue(answer.startsWith("{\"type\":\"" + type + "\",\"ref\":" + ref + ","), answer);
    }
  }
}
