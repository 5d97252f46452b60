package mutirao.chaos.campaign;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import mutirao.chaos.check.Invariant;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.check.Violation;
import mutirao.chaos.fault.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole rig against real servers; the control shows that it finds real loss. */
@Tag("long")
@Timeout(180)
class CampaignTest {
  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  CampaignTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private void holds(ServerProcess server, Fault fault, int cycles) throws Exception {
    try (server) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 1).run(server, server.start(), fault, cycles);
      reporter.publishEntry("verdict", verdict.toString());
      Judged.holds(verdict, cycles);
    }
  }

  @Test
  void aPausedServerBreaksNoPromise() throws Exception {
    holds(Servers.inMemory(folder), ServerFaults::pause, 3);
  }

  @Test
  void aPausedServerOnDiskBreaksNoPromise() throws Exception {
    holds(Servers.onDisk(folder), ServerFaults::pause, 3);
  }

  @Test
  void aKilledServerBreaksNoPromise() throws Exception {
    holds(Servers.onDisk(folder, "--snapshot-every", "64KiB"), ServerFaults::crash, 6);
  }

  @Test
  void aRestartedServerBreaksNoPromise() throws Exception {
    holds(Servers.onDisk(folder), ServerFaults::restart, 4);
  }

  @Test
  void killedClientsBreakNoPromise() throws Exception {
    ServerProcess server = Servers.onDisk(folder);
    try (server;
        ClientFaults clients = ClientFaults.killing(folder, server.start(), 3)) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 3).run(server, server.address(), clients, 12);
      reporter.publishEntry("verdict", verdict.toString());
      Judged.holds(verdict);
    }
  }

  @Test
  void whatAServerInMemoryLosesIsFound() throws Exception {
    try (ServerProcess server = Servers.inMemory(folder)) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 2).run(server, server.start(), ServerFaults::crash, 2);
      Set<Invariant> broken =
          verdict.violations().stream().map(Violation::invariant).collect(toSet());
      assertTrue(
          broken.containsAll(Set.of(Invariant.TASK_LOST, Invariant.MESSAGE_LOST)),
          broken.toString());
    }
  }
}
