package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.OtherBuild;
import mutirao.chaos.fault.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers of two builds in one group, under load. */
@Tag("long")
@Timeout(300)
class MixedBuildsTest {
  private static final Path VERSIONS =
      Path.of("..", "raft", "src", "main", "java", "mutirao", "raft", "version", "Versions.java");

  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  MixedBuildsTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private static final int REFUSED = 1;
  private static final int BROKEN_OFF = 70;

  private Path build(String from, String to) throws IOException {
    Path classes = folder.resolve("other-build");
    OtherBuild.make(VERSIONS, source -> source.replace(from, to), classes);
    return classes;
  }

  private void holds(ThreeServers three, Fault fault, int cycles) throws Exception {
    Verdict verdict =
        new Campaign(folder, Servers.FEW, 1).run(three.any(), three.addresses(), fault, cycles);
    reporter.publishEntry("verdict", verdict.toString());
    Judged.holds(verdict, cycles);
  }

  @Test
  void anotherBuildThatAgreesTakesOverServerByServer() throws Exception {
    Path other = build("\"records \"", "\"log records \"");
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      holds(three, new RollingRestart(three, other), 3);
    }
  }

  /** It ends with words before it does anything, and the others serve on. */
  @Test
  void aBuildThatDoesNotAgreeIsRefused() throws Exception {
    Path other = build("EventHash.VERSION)", "EventHash.VERSION + 1)");
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      holds(
          three,
          three.inTurn(
              (server, downMs) -> {
                String node = three.name(server);
                server.terminate();
                three.rebuild(node, other);
                mustEnd(three.server(node), "takes no part in the group", "stop all servers");
                three.rebuild(node, null);
                three.server(node).start();
                three.awaitAll();
              }),
          1);
    }
  }

  /** Stopped together and started together they go on by the new rules, and none goes back. */
  @Test
  void allTogetherGoOnWithABuildThatDoesNotAgree() throws Exception {
    Path other = build("EventHash.VERSION)", "EventHash.VERSION + 1)");
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      holds(
          three,
          (_, _) -> {
            for (String node : ThreeServers.NODES) {
              three.server(node).terminate();
            }
            for (String node : ThreeServers.NODES) {
              three.rebuild(node, other);
            }
            three.startTogether(ThreeServers.NODES);
            three.awaitAll();
            String node = three.following();
            three.server(node).terminate();
            three.rebuild(node, null);
            mustEnd(three.server(node), "takes no part in the group");
            three.rebuild(node, other);
            three.server(node).start();
            three.awaitAll();
          },
          1);
    }
  }

  /**
   * It ends with these words: before it listens, or soon after where nobody answered it in time, as
   * on a machine that is busy.
   */
  private static void mustEnd(ServerProcess server, String... words)
      throws IOException, InterruptedException {
    int before = server.said().length();
    int code;
    try {
      server.start();
      code = server.awaitEnd();
    } catch (IOException ended) {
      code = server.awaitEnd();
    }
    String said = server.said().substring(before);
    assertTrue(code == REFUSED || code == BROKEN_OFF, "ended with " + code + ": " + said);
    for (String word : words) {
      assertTrue(said.contains(word), said);
    }
  }
}
