package mutirao.chaos.campaign;

import java.nio.file.Path;
import java.util.function.BiFunction;
import mutirao.chaos.check.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everybody logs in, by password or token, while servers are killed: the same promises hold. */
@Tag("long")
@Timeout(300)
class LoginCampaignTest {
  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  LoginCampaignTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private void holds(BiFunction<ThreeServers, Users, Fault> fault, int cycles) throws Exception {
    try (ThreeServers three = ThreeServers.startWithUsers(folder, 1);
        Users users = Users.of(three.addresses(), Servers.FEW)) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 1, users)
              .run(three.any(), three.addresses(), fault.apply(three, users), cycles);
      reporter.publishEntry("verdict", verdict.toString());
      Judged.holds(verdict, cycles);
    }
  }

  @Test
  void killedLeadersKeepNobodyOutWhoMayComeIn() throws Exception {
    holds((three, _) -> three.ofLeader(ServerFaults::crash), 3);
  }

  /** SEC-20: removed, or the token revoked, while the leader is gone: out everywhere, for good. */
  @Test
  void sec20NobodyGetsInAnywhereWhoWasPutOutWhileALeaderWasKilled() throws Exception {
    holds(Expulsion::new, 4);
  }
}
