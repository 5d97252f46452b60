package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.chaos.check.Checker;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.Injection;
import mutirao.chaos.history.HistoryFiles;
import mutirao.chaos.history.Recorder;
import mutirao.chaos.load.Load;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three servers has a disk that takes a tenth of a second for each fsync, and the clients of
 * the others are asked how they fare. Needs strace.
 */
@Tag("long")
@Timeout(180)
class SlowDiskTest {
  private static final String SLOW = "fsync,fdatasync:delay_enter=100000";

  /** Clients that wait for each answer, and for nothing else. */
  private static final Load.Shape EAGER =
      new Load.Shape(1, 2, 6, Duration.ofMillis(1), Duration.ofMillis(1));

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Compilers and caches are warm. */
  private static final int WARM = 1000;

  private static final int MEASURED = 1000;

  /** Of what was acknowledged in a second before. A machine under other load must not fail this. */
  private static final double KEPT = 0.4;

  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  SlowDiskTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  /** What is left of the rate when the disk of {@code slow} is slow. */
  private double kept(ThreeServers three, String slow) throws Exception {
    String leading = three.leading();
    // Clients take the first that answers, and a follower's wait for the leader's next word anyway.
    String addresses =
        Stream.concat(Stream.of(leading), ThreeServers.othersThan(leading).stream())
            .filter(node -> node.equals(leading) || !node.equals(slow))
            .map(node -> three.server(node).address())
            .collect(Collectors.joining(","));
    double kept;
    try (Load load = Load.start(addresses, folder, EAGER, 1);
        Recorder recorder = Recorder.in(folder, "campaign")) {
      load.progress().awaitMore(WARM, PATIENCE);
      double before = nanosForMore(load);
      try (Injection _ = Injection.into(three.server(slow), SLOW)) {
        load.progress().awaitMore(MEASURED / 10, PATIENCE);
        kept = before / nanosForMore(load);
      }
      Campaign.read(load, recorder);
    }
    reporter.publishEntry("kept", Double.toString(kept));
    Verdict verdict = new Checker(Load.MAX_ATTEMPTS).check(HistoryFiles.read(folder));
    reporter.publishEntry("verdict", verdict.toString());
    Judged.holds(verdict);
    return kept;
  }

  private static double nanosForMore(Load load) throws Exception {
    long beganNs = System.nanoTime();
    load.progress().awaitMore(MEASURED, PATIENCE);
    return System.nanoTime() - beganNs;
  }

  @Test
  void aFollowerWithASlowDiskDoesNotSlowTheOthers() throws Exception {
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      double kept = kept(three, three.following());
      assertTrue(kept > KEPT, "only " + kept + " of what was acknowledged before");
    }
  }

  /** The leader's own disk is in everybody's way, so the measure can see slowness. */
  @Test
  void aLeaderWithASlowDiskIsFelt() throws Exception {
    try (ThreeServers three = ThreeServers.start(folder, 1)) {
      double kept = kept(three, three.leading());
      assertTrue(kept < KEPT, "still " + kept + " of what was acknowledged before");
    }
  }
}
