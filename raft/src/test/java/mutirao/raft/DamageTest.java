package mutirao.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import mutirao.core.RandomLife;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.files.LogFiles;
import mutirao.raft.files.SegmentReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with a folder in which something is wrong. */
class DamageTest {
  @TempDir private Path parent;
  private Path folder;
  private String before;
  private Path segment;
  private byte[] bytes;
  private int end;

  @BeforeEach
  void live() throws Exception {
    folder = parent.resolve("data");
    try (Rig rig = Rig.start(folder)) {
      before = rig.live(new RandomLife(4), 60).dump();
    }
    segment = Rig.files(folder, "log_inprogress_").getLast();
    bytes = Files.readAllBytes(segment);
    end = SegmentReader.read(segment, 1 << 20).goodBytes();
  }

  @Test
  void aTornTailIsCut() throws Exception {
    // Half an entry: its length says more than there is.
    byte[] torn = Arrays.copyOf(bytes, end + 300);
    torn[end] = 100;
    Arrays.fill(torn, end + 1, end + 60, (byte) 7);
    Files.write(segment, torn);

    startsAsBefore();
    assertArrayEquals(torn, Files.readAllBytes(Rig.files(folder, "torn-").getFirst()));
    startsAsBefore();
  }

  @Test
  void aTailThatWasNeverWrittenIsNoDamage() throws Exception {
    Files.write(segment, Arrays.copyOf(bytes, end));

    startsAsBefore();
    assertEquals(List.of(), Rig.files(folder, "torn-"));
  }

  @Test
  void anAcknowledgedEntryThatWasCutStopsTheStart() throws Exception {
    Files.write(segment, Arrays.copyOf(bytes, end - 3));

    refuses("had been acknowledged");
  }

  @Test
  void aFlippedBitStopsTheStartAndChangesNothing() throws Exception {
    for (int at : new int[] {20, end / 2, end - 2}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(segment, flipped);

      refuses("is damaged after entry");
      assertArrayEquals(flipped, Files.readAllBytes(segment));
    }
  }

  @Test
  void aLostVoteIsMadeAnewFromTheLogWhereNobodyElseVotes() throws Exception {
    Path vote = Rig.files(folder, "raft-meta").getFirst();
    Files.write(vote, new byte[0]);
    startsAsBefore();
    Files.delete(vote);
    startsAsBefore();
  }

  @Test
  void aLostVoteStopsTheStartOfAMember() throws Exception {
    Path group = folder.resolve("log").resolve(segment.getParent().getParent().getFileName());
    Files.write(Rig.files(folder, "raft-meta").getFirst(), "term=x".getBytes(UTF_8));

    DataFolderException e =
        assertThrows(
            DataFolderException.class, () -> LogFiles.check(group, -1, 1 << 20, false, "ask"));
    assertTrue(e.getMessage().contains("for whom this server voted"), e.getMessage());
  }

  @Test
  void aMissingFileStopsTheStart() throws Exception {
    Files.delete(segment);

    refuses("a file is missing");
  }

  @Test
  void aMissingLogStopsTheStart() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("log"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    refuses("had been acknowledged", "the log is missing");
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    try (Rig rig = Rig.start(folder)) {
      refuses("is in use by another server");
      assertEquals(before, rig.dump());
    }
    startsAsBefore();
  }

  @Test
  void aForeignFolderIsRefused() throws IOException {
    folder = parent.resolve("foreign");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "years of work");

    refuses("holds no data of this program");
  }

  @Test
  void aFolderOfAnotherNodeIsRefused() {
    RatisOptions options = RatisOptions.of(folder, "node-2", Rig.SETTINGS);

    DataFolderException e = assertThrows(DataFolderException.class, () -> Rig.start(options));
    assertTrue(e.getMessage().contains("--node node-1"), e.getMessage());
  }

  @Test
  void aFolderOfAnotherVersionIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("mutirao-data"), "mutirao data folder, version 2\nnode-1\n", UTF_8);

    refuses("another version");
  }

  @Test
  void aPlaceWhereNothingCanBeMadeIsRefused() throws IOException {
    folder = parent.resolve("file");
    Files.writeString(folder, "not a folder");

    refuses("cannot write to");
  }

  private void startsAsBefore() throws IOException {
    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
    }
  }

  private void refuses(String... oneOf) {
    DataFolderException e = assertThrows(DataFolderException.class, () -> Rig.start(folder));
    assertTrue(Stream.of(oneOf).anyMatch(e.getMessage()::contains), e.getMessage());
  }
}
