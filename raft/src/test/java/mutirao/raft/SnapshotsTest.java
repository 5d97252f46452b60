package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mutirao.core.Command;
import mutirao.core.RandomLife;
import mutirao.raft.codec.Snapshot;
import mutirao.raft.files.DataFolderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots keep the disk and the restart short, and lose nothing. */
class SnapshotsTest {
  private static final int LARGE_BYTES = 900_000;

  @TempDir private Path folder;

  @Test
  void aRestartFromSnapshotAndLogIsTheSame() throws Exception {
    RandomLife life = new RandomLife(7);
    RatisOptions often = Rig.options(folder).withSnapshots(1 << 30, 40);
    for (int start = 0; start < 3; start++) {
      String before;
      try (Rig rig = Rig.start(often)) {
        long written = 0;
        for (int i = 0; i < 3; i++) {
          rig.live(life, 50);
          written = awaitSnapshot(rig, written);
        }
        rig.live(life, 7);
        before = rig.dump();
      }
      try (Rig rig = Rig.start(often)) {
        assertEquals(before, rig.dump());
        assertEquals(List.of(), rig.faults);
      }
      assertEquals(2, Rig.files(folder, "snapshot.").size());
    }
  }

  @Test
  void theLogIsDeletedUpToTheOlderSnapshot() throws Exception {
    RatisOptions often = Rig.options(folder).withSnapshots(20 << 20, Long.MAX_VALUE);
    String before;
    try (Rig rig = Rig.start(often)) {
      long written = 0;
      for (int megabyte = 0; megabyte < 150; megabyte++) {
        byte[] text = new byte[LARGE_BYTES];
        rig.append(new Command.PostMessage(1, "lobby", text, null));
        if (megabyte % 25 == 24) {
          written = awaitSnapshot(rig, written);
        }
      }
      before = rig.dump();
    }
    long bytes = 0;
    for (Path segment : Rig.files(folder, "log_")) {
      bytes += Files.size(segment);
    }
    assertTrue(bytes < 100L * LARGE_BYTES, "the log still has " + bytes + " bytes");
    try (Rig rig = Rig.start(often)) {
      assertEquals(before, rig.dump());
    }
  }

  @Test
  void aDamagedSnapshotIsReplacedByTheOlderOne() throws Exception {
    String before = twoSnapshots();
    Path newest = byAge(Rig.files(folder, "snapshot.")).getLast();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 4;
    Files.write(newest, bytes);

    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
    }
    assertTrue(Files.exists(newest.resolveSibling(newest.getFileName() + ".damaged")));
    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
    }
  }

  /** Ratis passes over a snapshot that has none, and would go on from an older one. */
  @Test
  void aSnapshotsHashThatIsMissingOrDamagedIsWrittenAnew() throws Exception {
    String before = twoSnapshots();
    List<Path> hashes =
        byAge(Rig.files(folder, "snapshot.")).stream().map(SnapshotsTest::hash).toList();
    String newest = Files.readString(hashes.getLast());
    Files.delete(hashes.getLast());
    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
      assertEquals(List.of(), rig.faults);
    }
    assertEquals(newest, Files.readString(hashes.getLast()));

    Files.writeString(hashes.getFirst(), "nothing");
    Files.writeString(
        hashes.getLast(), newest.replaceFirst("^.", newest.startsWith("0") ? "1" : "0"));
    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
      assertEquals(List.of(), rig.faults);
    }
    assertEquals(newest, Files.readString(hashes.getLast()));
  }

  @Test
  void whatACrashLeftUnfinishedIsDeleted() throws Exception {
    String before = twoSnapshots();
    Path snapshot = Rig.files(folder, "snapshot.").getLast();
    Path unfinished = Files.copy(snapshot, snapshot.resolveSibling("snapshot.9_999999.tmp"));
    try (Rig rig = Rig.start(folder)) {
      assertEquals(before, rig.dump());
    }
    assertFalse(Files.exists(unfinished));
  }

  @Test
  void whereAllSnapshotsAreDamagedNothingStarts() throws Exception {
    twoSnapshots();
    for (Path snapshot : Rig.files(folder, "snapshot.")) {
      byte[] bytes = Files.readAllBytes(snapshot);
      bytes[bytes.length / 2] ^= 4;
      Files.write(snapshot, bytes);
    }

    DataFolderException e = assertThrows(DataFolderException.class, () -> Rig.start(folder));

    assertTrue(e.getMessage().contains("restore it from a backup"), e.getMessage());
  }

  /** Going back to an older version is no damage, and nothing may be put aside for it. */
  @Test
  void aSnapshotOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
    twoSnapshots();
    Path newest = byAge(Rig.files(folder, "snapshot.")).getLast();
    byte[] later = Files.readAllBytes(newest);
    later[7] = Snapshot.VERSION + 1;
    Files.write(newest, later);

    DataFolderException e = assertThrows(DataFolderException.class, () -> Rig.start(folder));

    assertTrue(e.getMessage().contains("a later version of this program"), e.getMessage());
    assertArrayEquals(later, Files.readAllBytes(newest));
    assertEquals(2, Rig.files(folder, "snapshot.").size());
  }

  private String twoSnapshots() throws Exception {
    RandomLife life = new RandomLife(8);
    try (Rig rig = Rig.start(Rig.options(folder).withSnapshots(1 << 30, 40))) {
      long written = awaitSnapshot(rig.live(life, 45), 0);
      awaitSnapshot(rig.live(life, 45), written);
      return rig.live(life, 5).dump();
    }
  }

  private static Path hash(Path snapshot) {
    return snapshot.resolveSibling(snapshot.getFileName() + ".md5");
  }

  private static List<Path> byAge(List<Path> snapshots) {
    snapshots.sort((a, b) -> Long.compare(index(a), index(b)));
    return snapshots;
  }

  private static long index(Path snapshot) {
    String name = snapshot.getFileName().toString();
    return Long.parseLong(name.substring(name.indexOf('_') + 1));
  }

  private static long awaitSnapshot(Rig rig, long written) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (rig.log.snapshotsWritten() <= written) {
      assertTrue(System.nanoTime() < endNs, "no snapshot was written: " + rig.faults);
      Thread.onSpinWait();
    }
    return rig.log.snapshotsWritten();
  }
}
