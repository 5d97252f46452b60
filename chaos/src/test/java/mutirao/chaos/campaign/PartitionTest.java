package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.Hosts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever joins three servers may break, one way or both: no promise does. */
@Tag("long")
@Timeout(300)
class PartitionTest {
  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  PartitionTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  @Test
  void noKindOfBrokenNetworkBreaksAPromise() throws Exception {
    try (Hosts hosts = Hosts.make(ThreeServers.NODES);
        ThreeServers three = ThreeServers.startOn(hosts, folder, 1)) {
      Fault fault = new Partitions(three, hosts).inTurn();
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 1)
              .run(three.any(), three.addresses(), fault, Partitions.KINDS);
      reporter.publishEntry("verdict", verdict.toString());
      assertEquals(List.of(), verdict.violations());
      assertTrue(verdict.valid(), "not everything could be read");
      assertEquals(Partitions.KINDS, verdict.counts().faults());
    }
  }
}
