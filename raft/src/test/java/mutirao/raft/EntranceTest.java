package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.core.RandomLife;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.group.EmptyFolderException;
import mutirao.raft.group.Member;
import mutirao.raft.group.Membership;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a server with an empty folder comes into its group, or does not. */
@Timeout(120)
class EntranceTest {
  @TempDir private Path folder;
  private final RandomLife life = new RandomLife(12);
  private GroupRig group;

  @BeforeEach
  void prepare() throws IOException {
    group = new GroupRig(folder, 3);
  }

  @AfterEach
  void end() {
    group.close();
  }

  private void start(String... nodes) throws IOException {
    for (String node : nodes) {
      group.start(node);
    }
  }

  private void wipe(String node) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(node))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void awaitEverywhere(long index) {
    group.await(
        "everything everywhere",
        () ->
            group.members().stream()
                .allMatch(member -> group.rig(member.node()).lastIndex() == index));
  }

  private static Membership membership(Rig rig) {
    return Objects.requireNonNull(rig.log.membership());
  }

  private Member member(String node) {
    return group.members().stream()
        .filter(member -> member.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWipedMemberIsRefusedAndComesBackAsANewcomer() throws Exception {
    start("n1", "n2", "n3");
    String wiped = group.follower();
    group.rig(wiped).live(life, 10);
    group.awaitSame();
    group.stop(wiped);
    wipe(wiped);

    EmptyFolderException e = assertThrows(EmptyFolderException.class, () -> group.start(wiped));
    assertTrue(e.getMessage().contains("mutirao cluster remove " + wiped), e.getMessage());
    assertTrue(e.getMessage().contains("--join"), e.getMessage());

    Rig other = group.rig(group.leader());
    membership(other).remove(wiped);
    group.start(wiped, List.of(member(wiped)), true, 1 << 30);
    membership(other).add(member(wiped));
    other.live(life, 10);
    group.awaitSame();
    assertEquals(20, group.rig(wiped).lastIndex());
    assertEquals(other.dump(), group.rig(wiped).dump());
  }

  @Test
  void aMemberWithoutItsFolderIsRefusedAfterItWasRemoved() throws Exception {
    start("n1", "n2", "n3");
    String wiped = group.follower();
    group.rig(wiped).live(life, 2);
    membership(group.rig(group.leader())).remove(wiped);
    group.stop(wiped);
    wipe(wiped);

    EmptyFolderException e = assertThrows(EmptyFolderException.class, () -> group.start(wiped));
    assertTrue(e.getMessage().contains("is no member"), e.getMessage());
    assertTrue(e.getMessage().contains("--join"), e.getMessage());
  }

  @Test
  void aServerThatStartsLongAfterTheOthersIsLetIn() throws Exception {
    start("n1", "n2");
    group.rig(group.leader()).live(life, 20);
    start("n3");
    group.awaitSame();
    group.stop(group.leader());
    group.rig("n3").live(life, 5);
    assertEquals(25, group.rig("n3").lastIndex());
  }

  /** The entries are on one folder that was lost and on one server that is away. */
  @Test
  @Tag("long")
  void aWipedMemberDoesNotVoteForAServerThatLacksWhatItHad() throws Exception {
    start("n1", "n2", "n3");
    String behind = group.follower();
    group.rig(behind).live(life, 10);
    group.awaitSame();
    group.stop(behind);
    String keeps = group.leader();
    String wiped = group.follower();
    group.rig(keeps).live(life, 10);
    group.awaitSame();
    String all = group.rig(keeps).dump();
    group.stop(wiped);
    group.stop(keeps);
    wipe(wiped);

    start(wiped, behind);
    assertFalse(group.rig(behind).tryLive(life));
    start(keeps);
    awaitEverywhere(20);
    assertEquals(all, group.rig(wiped).dump());
    assertTrue(group.rig(wiped).faults.isEmpty());
  }

  /** All were without power, and one disk did not come back. */
  @Test
  @Tag("long")
  void aWipedMemberThatStartsFirstWaitsForTheOthers() throws Exception {
    start("n1", "n2", "n3");
    String wiped = group.follower();
    group.rig(wiped).live(life, 10);
    group.awaitSame();
    List<String> nodes = group.members().stream().map(Member::node).toList();
    nodes.forEach(group::stop);
    wipe(wiped);

    start(wiped);
    assertFalse(group.rig(wiped).tryLive(life));
    for (String other : nodes) {
      if (!other.equals(wiped)) {
        group.start(other);
      }
    }
    awaitEverywhere(10);
    assertTrue(group.rig(wiped).faults.isEmpty());
  }

  @Test
  void theRemedyForADamagedMemberIsToTakeItInAgain() throws Exception {
    start("n1", "n2", "n3");
    String damaged = group.follower();
    group.rig(damaged).live(life, 10);
    group.awaitSame();
    group.stop(damaged);
    Path segment = Rig.files(folder.resolve(damaged), "log_inprogress_").getLast();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[40] ^= 1;
    Files.write(segment, bytes);

    DataFolderException e = assertThrows(DataFolderException.class, () -> group.start(damaged));
    assertTrue(e.getMessage().contains("is damaged after entry"), e.getMessage());
    assertTrue(e.getMessage().contains("mutirao cluster remove " + damaged), e.getMessage());
    assertFalse(e.getMessage().contains("backup"), e.getMessage());
  }
}
