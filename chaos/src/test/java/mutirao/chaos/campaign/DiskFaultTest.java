package mutirao.chaos.campaign;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import mutirao.chaos.check.Invariant;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.check.Violation;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose disk fails them. Needs root, loop devices and strace. */
@Tag("long")
@Timeout(180)
class DiskFaultTest {
  /** Leaves room for a start and a little more, as long as the file "full" is beside the disk. */
  private static final String FILL =
      "[ -e ../full ] || rm -f filler; free=$(($(stat -f -c '%f * %S' .)));"
          + " [ ! -e ../full ] || [ -e filler ] || fallocate -l $((free - 2000000)) filler";

  @TempDir private Path folder = Path.of("");
  private final TestReporter reporter;

  DiskFaultTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private Verdict judge(ServerProcess server, Fault fault, int cycles) throws Exception {
    try (server) {
      Verdict verdict =
          new Campaign(folder, Servers.FEW, 1).run(server, server.start(), fault, cycles);
      reporter.publishEntry("verdict", verdict.toString());
      return verdict;
    }
  }

  private void holds(ServerProcess server, Fault fault, int cycles) throws Exception {
    Verdict verdict = judge(server, fault, cycles);
    Judged.holds(verdict, cycles);
  }

  @Test
  void aPowerCutLosesNothing() throws Exception {
    DiskImage disk = DiskImage.make(folder, 128);
    ServerProcess server = Servers.onDisk(disk, ":", folder, "--snapshot-every", "64KiB");
    holds(server, ServerFaults.powerCut(disk), 5);
  }

  @Test
  void whatADiskLosesThatOnlySaysItKeepsIsFound() throws Exception {
    DiskImage disk = DiskImage.make(folder, 128);
    Verdict verdict = judge(Servers.onDisk(disk, ":", folder), ServerFaults.lyingDisk(disk), 1);
    Set<Invariant> broken =
        verdict.violations().stream().map(Violation::invariant).collect(toSet());
    assertTrue(
        broken.containsAll(Set.of(Invariant.TASK_LOST, Invariant.MESSAGE_LOST)), broken.toString());
  }

  @Test
  void aFailedFsyncEndsTheServerAndLosesNothing() throws Exception {
    holds(Servers.onDisk(folder), ServerFaults.failingSync(), 2);
  }

  @Test
  void aFailedWriteEndsTheServerAndLosesNothing() throws Exception {
    holds(Servers.onDisk(folder), ServerFaults.failingWrite(folder.resolve("data")), 2);
  }

  @Test
  void aFullDiskEndsTheServerAndLosesNothing() throws Exception {
    DiskImage disk = DiskImage.make(folder, 64);
    Path full = Files.createFile(folder.resolve("full"));
    ServerProcess server = Servers.onDisk(disk, FILL, folder);
    holds(server, ServerFaults.fullDisk(disk, full), 1);
    assertTrue(server.said().contains("the disk is full"), server.said());
  }
}
