package mutirao.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.cli.fixture.Ports;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.protocol.ServerFrame;
import mutirao.server.ArchiveChoice;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.testkit.WireClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, and many who want the same at once: SEC-04 and SEC-07. */
@Tag("long")
class ManyAtOnceTest {
  private static final String PASSWORD = "obras-2026";
  private static final int ROUNDS = 100;
  private static final int CROWD = 30;
  private static final int LOGINS_AT_ONCE = 40;
  private static final int CALLS = 300;

  @TempDir private Path folder;
  private final TestReporter reporter;
  private final List<ClusterMember> members = Ports.members(3);
  private final List<Server> servers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  ManyAtOnceTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  @BeforeEach
  void start() throws Exception {
    for (ClusterMember member : members) {
      Storage storage =
          new Storage(
              folder.resolve(member.node()),
              Storage.Sync.NONE,
              Storage.DEFAULT_SNAPSHOT_BYTES,
              (ArchiveChoice) null,
              new ClusterChoice(members, false));
      ServerConfig config =
          ServerConfig.DEFAULT
              .withAddress("127.0.0.1", 0)
              .withNode(member.node())
              .withStorage(storage);
      servers.add(Server.start(config, Clock.system(), Chance.secure(), fault::set));
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(Server::close);
    assertNull(fault.get());
  }

  private WireClient wire(int number) {
    return WireClient.connect(servers.get(number % servers.size()).address());
  }

  private static boolean wins(WireClient client, String register) {
    String said = String.valueOf(client.send(register).receive());
    boolean won = said.startsWith("{\"type\":\"registered\"");
    assertTrue(won || said.contains("\"name_taken\""), said);
    return won;
  }

  @Test
  void sec04OneNameHasOneHolderWhicheverServersAreAsked() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = (round % 2 == 0 ? "praça" : "PRAÇA") + round;
        String register = "{\"type\":\"register\",\"presence\":false,\"name\":\"" + name + "\"}";
        List<WireClient> crowd = new ArrayList<>();
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
          WireClient client = wire(i);
          crowd.add(client);
          answers.add(threads.submit(() -> wins(client, register)));
        }
        int winners = 0;
        for (Future<Boolean> answer : answers) {
          winners += answer.get() ? 1 : 0;
        }
        assertEquals(1, winners, "who are called " + name);
        crowd.forEach(WireClient::close);
      }
    }
  }

  private ClientOptions.Builder to(String name) {
    return ClientOptions.to("127.0.0.1", servers.getFirst().address().getPort())
        .name(name)
        .login("ana", PASSWORD);
  }

  /** How long 99 of 100 calls took at most, in milliseconds. */
  private static double slowest(MutiraoClient client) {
    long[] took = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long from = System.nanoTime();
      client.call("sum", Map.of("numbers", List.of(i, 1)));
      took[i] = System.nanoTime() - from;
    }
    Arrays.sort(took);
    return took[CALLS * 99 / 100] / 1e6;
  }

  @Test
  void sec07AFloodOfLoginsCostsNoElection() throws Exception {
    assertTrue(servers.getFirst().makeFirstAdmin("ana", PASSWORD).get());
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger busy = new AtomicInteger();
    try (MutiraoWorker _ = MutiraoWorker.of(to("ana-w").build()).builtInOperations().start();
        MutiraoClient client = MutiraoClient.connect(to("ana").build());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ServerFrame.ClusterState before = client.cluster().await();
      double quiet = slowest(client);
      for (int i = 0; i < LOGINS_AT_ONCE; i++) {
        int guesser = i;
        threads.submit(
            () -> {
              for (int tries = 0; !over.get(); tries++) {
                try (WireClient wire = wire(0)) {
                  String said =
                      String.valueOf(
                          wire.send(
                                  "{\"type\":\"register\",\"username\":\"g%d_%d\",\"password\":\"x-%d-guess\"}"
                                      .formatted(guesser, tries, tries))
                              .receive());
                  (said.contains("\"overloaded\"") ? busy : refused).incrementAndGet();
                }
              }
            });
      }
      double flooded = slowest(client);
      over.set(true);
      ServerFrame.ClusterState after = client.cluster().await();
      reporter.publishEntry(
          "99 of 100 calls, ms", "%.1f quiet, %.1f in the flood".formatted(quiet, flooded));
      reporter.publishEntry("logins", refused + " looked at, " + busy + " overloaded");
      assertEquals(before.term(), after.term());
      assertEquals(before.leader(), after.leader());
      assertTrue(refused.get() > 0 && busy.get() > 0, refused + " and " + busy);
    }
  }
}
