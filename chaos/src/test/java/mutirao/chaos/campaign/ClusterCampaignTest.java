package mutirao.chaos.campaign;

import java.nio.file.Path;
import java.util.function.Function;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.Hosts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any one of three servers may go, and all of them: no promise is broken. */
@Tag("long")
@Timeout(300)
class ClusterCampaignTest {
  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  ClusterCampaignTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private void holds(Function<ThreeServers, Fault> fault, int cycles) throws Exception {
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      holds(three, fault.apply(three), cycles);
    }
  }

  private void holds(ThreeServers three, Fault fault, int cycles) throws Exception {
    Verdict verdict =
        new Campaign(folder, Servers.FEW, 1).run(three.any(), three.addresses(), fault, cycles);
    reporter.publishEntry("verdict", verdict.toString());
    Judged.holds(verdict, cycles);
  }

  @Test
  void killedLeadersBreakNoPromise() throws Exception {
    holds(three -> three.ofLeader(ServerFaults::crash), 3);
  }

  @Test
  void killedFollowersBreakNoPromise() throws Exception {
    holds(three -> three.ofFollower(ServerFaults::crash), 2);
  }

  @Test
  void leadersThatAreStoppedAndGoOnBreakNoPromise() throws Exception {
    holds(three -> three.ofLeader(ServerFaults::pause), 2);
  }

  @Test
  void leadersThatHandOverBreakNoPromise() throws Exception {
    holds(three -> three.ofLeader(ServerFaults::restart), 2);
  }

  @Test
  void restartsOneAfterTheOtherServeEverybodyAndBreakNoPromise() throws Exception {
    holds(RollingRestart::new, 3);
  }

  @Test
  void allKilledAtOnceBreakNoPromise() throws Exception {
    holds(ThreeServers::crashOfAll, 2);
  }

  /** Whatever joins them may break, one way or both. */
  @Test
  void noKindOfBrokenNetworkBreaksAPromise() throws Exception {
    try (Hosts hosts = Hosts.make(ThreeServers.NODES);
        ThreeServers three = ThreeServers.start(Ground.plain().on(hosts), folder, 1)) {
      holds(three, new Partitions(three, hosts).inTurn(), Partitions.KINDS);
    }
  }
}
