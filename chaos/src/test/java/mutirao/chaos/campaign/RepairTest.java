package mutirao.chaos.campaign;

import java.nio.file.Path;
import java.util.List;
import mutirao.chaos.check.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of three servers loses its folder, or a part of it, and comes back from the others. */
@Tag("long")
@Timeout(300)
class RepairTest {
  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  RepairTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private void holds(List<Repair.Damage> damages) throws Exception {
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 1)
              .run(three.any(), three.addresses(), new Repair(three, damages), damages.size());
      reporter.publishEntry("verdict", verdict.toString());
      Judged.holds(verdict, damages.size());
    }
  }

  @Test
  void aDamagedMemberIsRefusedAndComesBackFromTheOthers() throws Exception {
    holds(List.of(Repair::flippedBit, Repair::cutLog, Repair::deletedVote, Repair::deletedLog));
  }

  @Test
  void aWipedMemberIsRefusedAndComesBackFromTheOthers() throws Exception {
    holds(List.of(Repair::wiped));
  }
}
