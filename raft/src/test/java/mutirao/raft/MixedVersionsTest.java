package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.core.RandomLife;
import mutirao.raft.group.GroupView;
import mutirao.raft.group.Member;
import mutirao.raft.group.Membership;
import mutirao.raft.version.OtherVersionException;
import mutirao.raft.version.Versions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of two versions in one group: what cannot work is refused, before it does harm. */
@Timeout(120)
class MixedVersionsTest {
  private static final Versions OWN = Versions.OWN;
  private static final Versions NEXT =
      new Versions(OWN.records(), OWN.snapshots(), OWN.rules() + 1);

  @TempDir private Path folder;
  private final RandomLife life = new RandomLife(21);
  private GroupRig group;

  @BeforeEach
  void prepare() throws IOException {
    group = new GroupRig(folder, 3);
  }

  @AfterEach
  void end() {
    group.close();
  }

  private void startAll(Versions versions) throws IOException {
    for (Member member : group.members()) {
      group.start(member.node(), versions);
    }
  }

  private void stopAll() {
    group.members().forEach(member -> group.stop(member.node()));
  }

  private static void says(Exception e, String... words) {
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage());
    }
  }

  /** What the log of a server is made of. */
  private List<String> log(String node) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(node).resolve("log"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("in_use.lock"))
          .map(MixedVersionsTest::content)
          .sorted()
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return file + " " + Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1", "0, 0, -1"})
  void whatDoesNotGoTogetherIsRefusedBeforeAnythingIsWritten(int records, int snapshots, int rules)
      throws Exception {
    startAll(OWN);
    group.rig("n1").live(life, 10);
    group.awaitSame();
    String other = group.follower();
    group.stop(other);
    List<String> before = log(other);
    Versions versions =
        new Versions(OWN.records() + records, OWN.snapshots() + snapshots, OWN.rules() + rules);

    OtherVersionException e =
        assertThrows(OtherVersionException.class, () -> group.start(other, versions));

    says(e, "rules " + OWN.rules(), "rules " + versions.rules(), "stop all servers");
    assertEquals(before, log(other));
    group.rig(group.leader()).live(life, 10);
    group.start(other, OWN);
    group.awaitSame();
    assertEquals(20, group.rig(other).lastIndex());
    assertEquals(group.rig(group.leader()).dump(), group.rig(other).dump());
  }

  @Test
  void aNewcomerOfAnotherVersionIsNotTakenIn() throws Exception {
    startAll(OWN);
    group.rig("n1").live(life, 10);
    Member n4 = GroupRig.members(4, 1).getFirst();
    Rig newcomer = group.start("n4", List.of(n4), true, 1 << 30, NEXT);
    Membership membership = Objects.requireNonNull(group.rig("n1").log.membership());

    IOException e = assertThrows(IOException.class, () -> membership.add(n4));

    says(e, "n4 takes no part", "rules " + NEXT.rules(), "rules " + OWN.rules());
    assertEquals(
        List.of("n1", "n2", "n3"),
        membership.view().members().stream().map(GroupView.Seat::node).toList());
    assertEquals(0, newcomer.lastIndex());
    group.rig("n1").live(life, 10);

    says(e, "must be empty");
    group.stop("n4");
    wipe("n4");
    group.start("n4", List.of(n4), true, 1 << 30, OWN);
    membership.add(n4);
    group.awaitSame();
    assertEquals(20, group.rig("n4").lastIndex());
  }

  /** All stopped, all started: the log says where the new rules begin. */
  @Test
  void allTogetherGoOnWithTheNextVersion() throws Exception {
    startAll(OWN);
    group.rig("n1").live(life, 10);
    group.awaitSame();
    stopAll();
    startAll(NEXT);
    group.rig("n2").live(life, 10);
    group.awaitSame();
    assertEquals(20, group.rig("n1").lastIndex());
    for (Member member : group.members()) {
      assertEquals(List.of(), group.rig(member.node()).faults);
    }
    String back = group.follower();
    group.stop(back);

    assertThrows(OtherVersionException.class, () -> group.start(back, OWN));

    group.rig(group.leader()).live(life, 10);
  }

  /** Nobody is there to be asked: then the log itself says no. */
  @Test
  void nobodyGoesBackBehindTheMark() throws Exception {
    startAll(NEXT);
    group.rig("n1").live(life, 10);
    group.awaitSame();
    stopAll();
    OtherVersionException e = end("n1", "n2");

    says(e, "rules of version " + NEXT.rules(), "nothing is lost");
  }

  /** Why those end that are started with this version: at once, or when they hear one another. */
  private OtherVersionException end(String... nodes) throws IOException {
    List<Rig> started = new ArrayList<>();
    for (String node : nodes) {
      try {
        started.add(group.start(node, OWN));
      } catch (OtherVersionException e) {
        return e;
      }
    }
    group.await("an end", () -> started.stream().anyMatch(rig -> !rig.faults.isEmpty()));
    for (Rig rig : started) {
      assertEquals(0, rig.lastIndex());
      if (!rig.faults.isEmpty()) {
        return assertInstanceOf(OtherVersionException.class, rig.faults.getFirst());
      }
    }
    throw new AssertionError("nobody ended");
  }

  private void wipe(String node) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(node))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aServerForItselfGoesOnAndNotBack() throws Exception {
    RatisOptions options =
        RatisOptions.of(folder.resolve("alone"), "n1", Rig.SETTINGS).withSnapshots(1L << 40, 15);
    try (Rig rig = Rig.start(options)) {
      rig.live(life, 10);
    }
    String after;
    try (Rig rig = Rig.start(options.withVersions(NEXT))) {
      assertEquals(10, rig.lastIndex());
      after = rig.live(life, 10).dump();
    }
    assertThrows(OtherVersionException.class, () -> Rig.start(options));
    try (Rig rig = Rig.start(options.withVersions(NEXT))) {
      assertEquals(after, rig.dump());
    }
  }
}
