package mutirao.chaos.campaign;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mutirao.chaos.check.Invariant;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.check.Violation;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole rig against real servers; the control shows that it finds real loss. */
@Tag("long")
@Timeout(180)
class CampaignTest {
  private static final Load.Shape FEW =
      new Load.Shape(2, 2, 3, Duration.ofMillis(5), Duration.ofMillis(20));

  @TempDir private Path folder = Path.of("");

  private ServerProcess server(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "mutirao.cli.Mutirao",
                "server"));
    command.addAll(List.of(options));
    return new ServerProcess(command, folder.resolve("server.log"));
  }

  private static String freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  @Test
  void aPausedServerBreaksNoPromise() throws Exception {
    try (ServerProcess server = server("--memory", "--port", freePort())) {
      Verdict verdict =
          new Campaign(folder, FEW, 1).run(server, server.start(), Campaign::pause, 3);
      assertEquals(List.of(), verdict.violations());
      assertTrue(verdict.valid(), "not everything could be read");
      assertEquals(3, verdict.counts().faults());
    }
  }

  @Test
  void whatAServerInMemoryLosesIsFound() throws Exception {
    try (ServerProcess server = server("--memory", "--port", freePort())) {
      Verdict verdict =
          new Campaign(folder, FEW, 2).run(server, server.start(), Campaign::crash, 2);
      Set<Invariant> broken =
          verdict.violations().stream().map(Violation::invariant).collect(toSet());
      assertTrue(
          broken.containsAll(Set.of(Invariant.TASK_LOST, Invariant.MESSAGE_LOST)),
          broken.toString());
    }
  }
}
