package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mutirao.core.RandomLife;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.group.DivergedException;
import mutirao.raft.group.GroupView;
import mutirao.raft.group.Member;
import mutirao.raft.group.Membership;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several logs that are one. */
class GroupTest {
  @TempDir private Path folder;

  @Test
  void everyServerAppendsAndAllHaveTheSame() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(3);
      for (int round = 0; round < 5; round++) {
        for (String node : List.of("n1", "n2", "n3")) {
          group.rig(node).live(life, 10);
          group.awaitSame();
        }
      }
      assertEquals(150, group.rig("n1").lastIndex());
      assertEquals(group.rig("n1").dump(), group.rig("n2").dump());
      assertEquals(group.rig("n1").dump(), group.rig("n3").dump());
    }
  }

  @Test
  @Tag("long")
  void anotherServerLeadsWhenTheLeaderIsGone() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(4);
      String first = group.leader();
      String survivor = group.follower();
      group.rig(survivor).live(life, 20);
      group.stop(first);
      group.rig(survivor).live(life, 20);
      group.start(first);
      group.awaitSame();

      assertEquals(40, group.rig(first).lastIndex());
      assertEquals(group.rig(survivor).dump(), group.rig(first).dump());
    }
  }

  @Test
  @Tag("long")
  void withoutAMajorityNothingIsCommittedAndNothingIsRead() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(5);
      String leader = group.leader();
      group.rig(leader).live(life, 5);
      group.stopAllBut(leader);
      Rig alone = group.rig(leader);
      assertFalse(alone.tryLive(life));
      assertFalse(alone.tryRead());
      assertEquals(5, alone.lastIndex());
    }
  }

  @Test
  @Tag("long")
  void aReadSeesWhatAnotherServerWasTold() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(6);
      Rig writer = group.rig(group.leader());
      Rig reader = group.rig(group.follower());
      for (int i = 1; i <= 30; i++) {
        writer.live(life, 1);
        assertTrue(reader.tryRead());
        assertEquals(i, reader.lastIndex());
      }
    }
  }

  @Test
  @Tag("long")
  void aServerThatMissedWhatIsDeletedGetsASnapshot() throws Exception {
    try (GroupRig group = new GroupRig(folder, 3)) {
      for (String node : List.of("n1", "n2", "n3")) {
        group.start(node, group.members(), false, 40);
      }
      RandomLife life = new RandomLife(7);
      group.leader();
      String absent = group.follower();
      group.stop(absent);
      Rig writer = group.rig(group.leader());
      for (int snapshots = 1; snapshots <= 3; snapshots++) {
        writer.live(life, 60);
        int wanted = snapshots;
        group.await("a snapshot", () -> writer.log.snapshotsWritten() >= wanted);
      }
      group.start(absent, group.members(), false, 40);
      group.awaitSame();

      assertEquals(180, group.rig(absent).lastIndex());
      assertEquals(writer.dump(), group.rig(absent).dump());
      writer.live(life, 10);
      group.awaitSame();
      assertEquals(writer.dump(), group.rig(absent).dump());
    }
  }

  @Test
  @Tag("long")
  void aServerForItselfBecomesThree() throws Exception {
    List<Member> all = GroupRig.members(1, 3);
    RandomLife life = new RandomLife(8);
    try (Rig alone = Rig.start(RatisOptions.of(folder.resolve("n1"), "n1", Rig.SETTINGS))) {
      alone.live(life, 30);
    }
    try (GroupRig group = new GroupRig(folder, 0)) {
      Rig first = group.start("n1", all.subList(0, 1), false, 1 << 30);
      assertEquals("n1", group.leader());
      for (Member joining : all.subList(1, 3)) {
        group.start(joining.node(), List.of(joining), true, 1 << 30);
        membership(first).add(joining);
      }
      first.live(life, 10);
      group.awaitSame();
      assertEquals(first.dump(), group.rig("n3").dump());

      GroupView view = membership(group.rig("n2")).view();
      assertEquals(
          List.of("n1", "n2", "n3"), view.members().stream().map(GroupView.Seat::node).toList());
      assertEquals("n1", view.leader());

      membership(group.rig("n3")).transfer("n2");
      assertEquals("n2", group.leader());
      membership(group.rig("n2")).remove("n1");
      group.stop("n1");
      group.rig("n3").live(life, 10);
      assertEquals(2, membership(group.rig("n3")).view().members().size());
    }
  }

  @Test
  @Tag("long")
  @Timeout(60)
  void everybodyIsToldWhoIsSilentAndNobodyWaitsForThem() throws Exception {
    try (GroupRig group = three()) {
      String leader = group.leader();
      String gone = group.follower();
      group.stop(gone);
      String asked = group.follower();
      group.await("how long one is silent", () -> silent(group.rig(asked), gone) > 1000);
      group.stop(asked);
      group.rig(leader).log.handOver();
    }
  }

  @Test
  @Tag("long")
  @Timeout(60)
  void whoIsGoneDoesNotComeBackToLifeWithTheNextLeader() throws Exception {
    try (GroupRig group = three()) {
      String before = group.leader();
      String gone = group.follower();
      group.stop(gone);
      String next = group.follower();
      group.await("how long one is silent", () -> silent(group.rig(next), gone) > 4000);
      membership(group.rig(next)).transfer(next);
      group.await("another leader", () -> group.rig(next).log.leads());
      assertTrue(silent(group.rig(next), gone) > 2000);
      assertTrue(silent(group.rig(before), gone) > 2000);
    }
  }

  @Test
  @Tag("long")
  @Timeout(60)
  void whoGoesLeavesTheLeadToWhoHasBeenThereForLonger() throws Exception {
    try (GroupRig group = three()) {
      String going = group.leader();
      Rig leader = group.rig(going);
      String restarted = group.follower();
      group.stop(restarted);
      String stayed = group.follower();
      group.await("how long one is silent", () -> silent(leader, restarted) > 1000);
      group.start(restarted);
      group.await("the one that is back", () -> silent(leader, restarted) == 0);
      group.awaitSame();

      leader.log.handOver();

      assertEquals(stayed, group.leader());
    }
  }

  @Test
  @Tag("long")
  @Timeout(60)
  void whereNobodyLeadsAServerFindsOutItselfWhoIsSilent() throws Exception {
    try (GroupRig group = three()) {
      String asked = group.follower();
      group.stopAllBut(asked);
      Rig alone = group.rig(asked);
      group.await("that nobody leads", () -> !led(alone));
      for (String node : List.of("n1", "n2", "n3")) {
        group.await(
            "how long " + node + " is silent",
            () -> node.equals(asked) || silent(alone, node) > 1000);
      }
      assertEquals(0, silent(alone, asked));
    }
  }

  @Test
  @Tag("long")
  @Timeout(60)
  void theServerLeadsThatMostComesFrom() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(12);
      String busy = group.follower();
      while (!group.rig(busy).log.leads()) {
        group.rig(busy).liveAtOnce(life, 100);
      }
      group.rig(busy).live(life, 100);
      group.awaitSame();
    }
  }

  private static boolean led(Rig asked) {
    try {
      return membership(asked).view().leader() != null;
    } catch (IOException e) {
      return true;
    }
  }

  private static long silent(Rig asked, String node) {
    try {
      return membership(asked).view().members().stream()
          .filter(seat -> seat.node().equals(node) && seat.silentMs() != null)
          .mapToLong(GroupView.Seat::silentMs)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  @Tag("long")
  void aServerThatMakesSomethingElseOfTheLogStops() throws Exception {
    try (GroupRig group = three()) {
      RandomLife life = new RandomLife(10);
      String wrong = group.leader();
      group.rig(wrong).live(life, 150);
      group.awaitSame();
      group.await("a comparison", () -> group.rig(wrong).log.agreements() > 0);
      assertTrue(group.rig(wrong).faults.isEmpty());

      // The worst that can be wrong is the leader: the others must not believe it.
      group.rig(wrong).ownClockMs = 1;
      String right = group.follower();
      for (int round = 0; round < 2000 && group.rig(wrong).faults.isEmpty(); round++) {
        group.rig(right).live(life, 10);
      }
      assertInstanceOf(DivergedException.class, group.rig(wrong).faults.getFirst());
      group.stop(wrong);
      DataFolderException e = assertThrows(DataFolderException.class, () -> group.start(wrong));
      assertTrue(e.getMessage().contains("must not be used again"), e.getMessage());

      group.rig(right).live(life, 20);
      group.awaitSame();
      assertEquals(group.rig(right).dump(), group.rig(group.follower()).dump());
      assertTrue(group.rig(right).faults.isEmpty());
    }
  }

  @Test
  void theFolderOfAServerForItselfDoesNotBeginAGroup() throws Exception {
    try (Rig alone = Rig.start(RatisOptions.of(folder.resolve("n1"), "n1", Rig.SETTINGS))) {
      alone.live(new RandomLife(9), 3);
    }
    try (GroupRig group = new GroupRig(folder, 3)) {
      DataFolderException e = assertThrows(DataFolderException.class, () -> group.start("n1"));
      assertTrue(e.getMessage().contains("--join"), e.getMessage());
    }
  }

  private static Membership membership(Rig rig) {
    return Objects.requireNonNull(rig.log.membership());
  }

  private GroupRig three() throws Exception {
    GroupRig group = new GroupRig(folder, 3);
    for (String node : List.of("n1", "n2", "n3")) {
      group.start(node);
    }
    group.leader();
    return group;
  }
}
