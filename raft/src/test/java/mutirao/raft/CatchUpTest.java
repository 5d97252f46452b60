package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import mutirao.core.RandomLife;
import mutirao.raft.group.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that starts has read its log before anybody is served. */
class CatchUpTest {
  private static final int NEVER = 1 << 30;

  @TempDir private Path folder;

  @Test
  void theOnlyMemberOfAGroupHasAllItHadWhenItHasStarted() throws Exception {
    List<Member> alone = GroupRig.members(1, 1);
    try (GroupRig group = new GroupRig(folder, 1)) {
      Rig rig = group.start("n1", alone, false, NEVER);
      assertTrue(rig.tryRead());
      rig.live(new RandomLife(11), 300);
      group.stop("n1");

      Rig again = group.start("n1", alone, false, NEVER);
      assertFalse(again.log.behind());
      assertEquals(300, again.lastIndex());
    }
  }

  @Test
  void whereNobodyCanBeAskedTheStartDoesNotWaitForEverAndItIsToldLater() throws Exception {
    try (GroupRig group = new GroupRig(folder, 2)) {
      Rig first = group.start("n1");
      assertTrue(first.log.behind());
      assertEquals(0, first.timesCaughtUp());

      group.start("n2");
      group.await("word that n1 has everything", () -> first.timesCaughtUp() == 1);
    }
  }
}
