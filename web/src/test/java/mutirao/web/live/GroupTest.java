package mutirao.web.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import mutirao.client.MutiraoClient;
import mutirao.protocol.AccountRole;
import mutirao.server.ArchiveChoice;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Events;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers by HTTP, and one that misses the others. */
class GroupTest {
  @TempDir private Path folder;

  private final List<ClusterMember> members = new ArrayList<>();

  private void three() {
    while (members.size() < 3) {
      // Below those that the system gives to outgoing connections: they must stay free for a while.
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      boolean known = members.stream().anyMatch(member -> member.port() == port);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (!known) {
          members.add(new ClusterMember("n" + (members.size() + 1), "127.0.0.1", port));
        }
      } catch (IOException e) {
        // Taken; another may not be.
      }
    }
  }

  private Edge start(String node) {
    ServerConfig config =
        Edge.CONFIG
            .withNode(node)
            .withStorage(
                new Storage(
                    folder.resolve(node),
                    Storage.Sync.NONE,
                    Storage.DEFAULT_SNAPSHOT_BYTES,
                    ArchiveChoice.DEFAULT,
                    new ClusterChoice(members, false)));
    return Edge.of(config);
  }

  @Test
  void withoutALeaderItLivesAndIsNotReady() throws Exception {
    three();
    try (Edge alone = start("n1")) {
      Http http = alone.http();
      assertTrue(http.get("/health/live").json().flag("live"));
      http.until(
          "/health/ready",
          health -> health.has("problem") && health.text("problem").equals("no_leader"));
      Answer ready = http.get("/health/ready");
      assertEquals(503, ready.status());
      assertEquals("admin", http.get("/api/session").json().text("role"));
      assertEquals(false, Value.of(ready.text()).flag("ready"));
    }
  }

  @Test
  void whoIsKnownMayWatchWhereNothingCanBeAgreedOn() throws Exception {
    three();
    CompletableFuture<Edge> first = CompletableFuture.supplyAsync(() -> start("n1"));
    CompletableFuture<Edge> second = CompletableFuture.supplyAsync(() -> start("n2"));
    try (Edge last = start("n3")) {
      Edge one = first.join();
      last.http().until("/health/ready", health -> health.flag("ready"));
      assertEquals(true, one.server().makeFirstAdmin(Edge.ADMIN, Edge.PASSWORD).join());
      MutiraoClient users = one.admin();
      Http ana = last.http().token(one.token(users, Edge.ADMIN));
      Http vera = last.http().token(one.user(users, "vera", AccountRole.VIEWER));
      awaitKnown(vera, AccountRole.VIEWER);
      ana.get("/api/workers").json();
      vera.get("/api/workers").json();
      second.join().close();
      one.close();

      last.http()
          .until(
              "/health/ready",
              health -> health.has("problem") && health.text("problem").equals("no_leader"));
      assertEquals("viewer", vera.get("/api/session").json().text("role"));
      try (Events events = vera.events("figures")) {
        events.next("figures", _ -> true);
      }
      vera.post("/api/stage/servers/n1/start", "").problem(403, "forbidden");
      ana.post("/api/stage/servers/n1/start", "").problem(404, "unknown_target");
      for (Http stranger : List.of(last.http(), last.http().token("mut_of_nobody"))) {
        stranger.get("/api/figures").problem(401, "unauthorized");
        assertEquals(null, stranger.get("/api/session").json().at("role").json());
      }
      ana.post("/api/tasks", "{\"operation\":\"nobody\"}").problem(503, "unavailable");
    }
  }

  @Test
  void aRepeatedKeyIsOneTaskWhicheverServersAreAsked() throws Exception {
    three();
    CompletableFuture<Edge> first = CompletableFuture.supplyAsync(() -> start("n1"));
    CompletableFuture<Edge> second = CompletableFuture.supplyAsync(() -> start("n2"));
    try (Edge three = start("n3");
        Edge two = second.join();
        Edge one = first.join()) {
      List<Edge> edges = List.of(one, two, three);
      assertOneTask(edges.stream().map(Edge::http).toList(), "before there are users");

      assertEquals(true, one.server().makeFirstAdmin(Edge.ADMIN, Edge.PASSWORD).join());
      MutiraoClient users = one.admin();
      String bruno = one.user(users, "bruno", AccountRole.MEMBER);
      String carla = one.user(users, "carla", AccountRole.MEMBER);
      as(carla, edges).forEach(caller -> awaitKnown(caller, AccountRole.MEMBER));
      String his = assertOneTask(as(bruno, edges), "of a user");
      String hers = assertOneTask(as(carla, edges), "of a user");
      assertNotEquals(his, hers);
      String other = "{\"operation\":\"max\",\"key\":\"of a user\"}";
      as(bruno, edges).getLast().post("/api/tasks", other).problem(409, "invalid");
    }
  }

  /** A server may hear of a user, and of all before, a moment later than the one that was told. */
  private static void awaitKnown(Http user, AccountRole role) {
    user.until(
        "/api/session",
        session -> session.has("role") && role.wireName().equals(session.at("role").json()));
  }

  private static List<Http> as(String token, List<Edge> edges) {
    return edges.stream().map(edge -> edge.http().token(token)).toList();
  }

  /** Everybody hands in with the same key at once, and once more. */
  private static String assertOneTask(List<Http> callers, String key) {
    String task = "{\"operation\":\"nobody\",\"key\":\"" + key + "\"}";
    for (Http caller : callers) {
      caller.until("/health/ready", health -> health.flag("ready"));
    }
    List<CompletableFuture<Value>> asked =
        Collections.nCopies(2, callers).stream()
            .flatMap(List::stream)
            .map(
                caller ->
                    CompletableFuture.supplyAsync(() -> caller.post("/api/tasks", task).json(202)))
            .toList();
    List<Value> accepted = asked.stream().map(CompletableFuture::join).toList();
    List<String> ids = accepted.stream().map(each -> each.text("task")).distinct().toList();
    assertEquals(1, ids.size(), accepted::toString);
    assertEquals(1, accepted.stream().filter(each -> !each.has("duplicate")).count());
    return ids.getFirst();
  }

  @Test
  void eachServerAnswersForAll() throws Exception {
    three();
    CompletableFuture<Edge> first = CompletableFuture.supplyAsync(() -> start("n1"));
    CompletableFuture<Edge> second = CompletableFuture.supplyAsync(() -> start("n2"));
    try (Edge three = start("n3");
        Edge two = second.join();
        Edge one = first.join()) {
      List<Edge> edges = List.of(one, two, three);
      for (Edge edge : edges) {
        edge.http().until("/health/ready", health -> health.flag("ready"));
      }
      one.worker("wim", 1, Map.of("quick", _ -> 7));
      for (Edge edge : edges) {
        Value task = edge.http().post("/api/tasks?wait=30s", "{\"operation\":\"quick\"}").json(200);
        assertEquals(7, task.number("result"));
      }
      Value cluster = two.http().get("/api/cluster").json();
      assertEquals("n2", cluster.text("node"));
      assertEquals(3, cluster.list("servers").size());
      String leader = cluster.text("leader");

      Value after = one.http().post("/api/cluster/transfer", "{}").json();
      String next = after.text("leader");
      assertTrue(!next.equals(leader), after::toString);
      three
          .http()
          .until(
              "/api/cluster", seen -> seen.has("leader") && next.equals(seen.at("leader").json()));
      one.http().post("/api/cluster/transfer", "{\"node\":\"" + leader + "\"}").json();
      two.http()
          .until(
              "/api/cluster",
              seen -> seen.has("leader") && leader.equals(seen.at("leader").json()));
    }
  }
}
