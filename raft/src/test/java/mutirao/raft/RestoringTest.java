package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mutirao.core.RandomLife;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.files.Restoring;
import mutirao.raft.group.Member;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that was written while a server ran, and a new folder made from it. */
class RestoringTest {
  @TempDir private Path folder;

  /** Lives for a while, writes its state, and lives on; what it was when it was written. */
  private String written(RandomLife life) throws Exception {
    try (Rig first = Rig.start(folder.resolve("first"))) {
      first.live(life, 30);
      String dump = first.dump();
      try (OutputStream out = Files.newOutputStream(folder.resolve("state"))) {
        assertEquals(30, first.log.writeState(out));
      }
      first.live(life, 5);
      return dump;
    }
  }

  private Path restored() throws IOException {
    assertEquals(30, Restoring.restore(folder.resolve("state"), folder.resolve("n1"), "n1"));
    return folder.resolve("n1");
  }

  @Test
  void aServerGoesOnFromIt() throws Exception {
    String before = written(new RandomLife(21));
    RatisOptions options = RatisOptions.of(restored(), "n1", Rig.SETTINGS);
    RandomLife life = new RandomLife(22);
    String after;
    try (Rig second = Rig.start(options)) {
      assertEquals(before, second.dump());
      second.live(life, 20);
      after = second.dump();
    }
    try (Rig again = Rig.start(options)) {
      assertEquals(after, again.dump());
    }
  }

  @Test
  @Tag("long")
  void othersJoinTheServerMadeFromIt() throws Exception {
    String before = written(new RandomLife(23));
    restored();
    List<Member> all = GroupRig.members(1, 3);
    try (GroupRig group = new GroupRig(folder, 0)) {
      Rig first = group.start("n1", all.subList(0, 1), false, 1 << 30);
      assertEquals("n1", group.leader());
      assertEquals(before, first.dump());
      for (Member joining : all.subList(1, 3)) {
        group.start(joining.node(), List.of(joining), true, 1 << 30);
        Objects.requireNonNull(first.log.membership()).add(joining);
      }
      group.rig("n3").live(new RandomLife(24), 10);
      group.awaitSame();
      assertEquals(first.dump(), group.rig("n2").dump());
      assertEquals(first.dump(), group.rig("n3").dump());
    }
  }

  @Test
  void aRestoreThatWasStoppedIsNoFolderOfAServer() throws Exception {
    written(new RandomLife(25));
    Path data = restored();
    Files.createFile(data.resolve("restoring"));

    DataFolderException e =
        assertThrows(
            DataFolderException.class, () -> Rig.start(RatisOptions.of(data, "n1", Rig.SETTINGS)));
    assertTrue(e.getMessage().contains("was not finished"), e.getMessage());
  }

  @Test
  void whatIsNoStateTouchesNothing() throws Exception {
    Path data = folder.resolve("n1");
    Path state = Files.writeString(folder.resolve("state"), "a diary");

    DataFolderException e =
        assertThrows(DataFolderException.class, () -> Restoring.restore(state, data, "n1"));
    assertTrue(e.getMessage().contains("cannot be read"), e.getMessage());
    assertTrue(Files.notExists(data));
  }
}
