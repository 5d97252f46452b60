package mutirao.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mutirao.archive.store.Gap;
import mutirao.archive.store.Gap.Reason;
import mutirao.archive.store.Page;
import mutirao.archive.store.Query;
import mutirao.archive.store.Row;
import mutirao.archive.store.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final long PATIENCE_MS = 30_000;
  private static final Query LOBBY =
      new Query(List.of("lobby"), null, null, null, null, 1000, Long.MAX_VALUE);

  @TempDir private Path folder;
  private final Town town = new Town();

  private Archive open() throws ArchiveException {
    return open(ArchiveConfig.MAX_WAITING_ROWS, 64 * 1024);
  }

  private Archive open(int maxWaitingRows, int maxPayloadBytes) throws ArchiveException {
    ArchiveConfig config =
        new ArchiveConfig(
            file(), Long.MAX_VALUE / 2, 1 << 30, maxPayloadBytes, maxWaitingRows, 1 << 20, 1);
    return Archive.open(config, id -> "t" + id, () -> 5);
  }

  private Path file() {
    return folder.resolve("archive.db");
  }

  private static Page find(Archive archive, Query query) throws Exception {
    assertTrue(archive.flush(PATIENCE_MS), "the archive does not write");
    return archive.search(query);
  }

  private static Query of(String name) {
    return new Query(List.of("lobby"), name, name, null, null, 1000, Long.MAX_VALUE);
  }

  private static List<String> words(Page page) {
    return Sample.words(page.rows());
  }

  @Test
  void keepsWhatTheMachineForgets() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      long ana = town.client("Ana");
      long wim = town.worker("wim");
      long bia = town.client("bia");
      town.says(ana, "bom dia");
      town.tells(ana, "bia", "oi");
      long task = town.submits(ana, "{\"numbers\":[1,2]}", 1000);
      town.done(wim, task, "3");
      long wrong = town.submits(ana, "{}", 1000);
      town.failed(wim, wrong, "{\"code\":\"bad_input\",\"message\":\"x\"}");
      town.passes(2000);
      town.quits(bia);
      town.quits(ana);

      Page page = find(archive, of("ana"));
      assertEquals(List.of("t" + wrong, "t" + task, "oi", "bom dia"), words(page));
      assertEquals(List.of(), page.gaps());
      Row.Task done = (Row.Task) page.rows().get(1);
      assertEquals("{\"numbers\":[1,2]}", text(done.params()));
      assertEquals("3", text(done.result()));
      assertNull(done.error());
      assertEquals(
          "done Ana wim 1",
          done.state() + " " + done.submitter() + " " + done.worker() + " " + done.attempts());
      Row.Task failed = (Row.Task) page.rows().getFirst();
      assertEquals(
          "failed {\"code\":\"bad_input\",\"message\":\"x\"}",
          failed.state() + " " + text(failed.error()));
      Row.Message direct = (Row.Message) page.rows().get(2);
      assertEquals("Ana bia", direct.sender() + " " + direct.receiver());
      assertEquals(List.of("oi", "bom dia"), words(find(archive, of("BIA"))));
    }
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  @Test
  void keepsTasksThatEndByThemselves() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      long ana = town.client("ana");
      long wim = town.worker("wim");
      long task = town.submits(ana, "1", 0);
      town.breaks(wim);
      town.passes(60_000);
      town.passes(1);

      Page page = find(archive, of("ana"));
      assertEquals(List.of("t" + task), words(page));
      assertTrue(text(((Row.Task) page.rows().getFirst()).error()).contains("worker_lost"));
    }
  }

  @Test
  void leavesOutWhatIsTooLong() throws Exception {
    try (Archive archive = open(100, 10)) {
      town.tell(archive);
      long ana = town.client("ana");
      long wim = town.worker("wim");
      long task = town.submits(ana, "\"" + "a".repeat(9) + "\"", 1000);
      town.done(wim, task, "1234567890");

      Row.Task row = (Row.Task) find(archive, of("ana")).rows().getFirst();
      assertNull(row.params());
      assertEquals("1234567890", text(row.result()));
      assertEquals(Row.Task.PARAMS, row.omitted());
    }
  }

  @Test
  void goesOnWhereItWas() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      town.says(town.client("ana"), "um");
    }
    town.tell(null);
    long bia = town.client("bia");
    town.says(bia, "dois");
    town.tells(bia, "ana", "oi");
    try (Archive archive = open()) {
      town.restart(archive, 0);
      town.says(bia, "três");

      Page page = find(archive, of("ana"));
      assertEquals(List.of("três", "oi", "dois", "um"), words(page));
      assertEquals(List.of(), page.gaps());
    }
  }

  @Test
  void saysWhatASnapshotHides() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      town.says(town.client("ana"), "um");
    }
    town.tell(null);
    long bia = town.client("bia");
    town.says(bia, "dois");
    town.says(bia, "três");
    try (Archive archive = open()) {
      town.restart(archive, 4);

      Page page = find(archive, LOBBY);
      assertEquals(List.of("três", "um"), words(page));
      assertEquals(List.of("3-4 NOT_RECORDED"), shortly(page.gaps()));
    }
    try (Archive archive = open()) {
      town.restart(archive, 5);
      assertEquals(List.of("3-4 NOT_RECORDED"), shortly(find(archive, LOBBY).gaps()));
    }
  }

  @Test
  void saysSoAtOnceWhereAllIsInASnapshot() throws Exception {
    town.says(town.client("ana"), "um");
    try (Archive archive = open()) {
      town.restart(archive, 2);

      assertEquals(List.of("1-2 NOT_RECORDED"), shortly(find(archive, LOBBY).gaps()));
    }
  }

  private static List<String> shortly(List<Gap> gaps) {
    return gaps.stream().map(gap -> gap.from() + "-" + gap.to() + " " + gap.reason()).toList();
  }

  @Test
  void forgetsWhatTheLogHasLost() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      long ana = town.client("ana");
      town.says(ana, "um");
      town.says(ana, "dois");
    }
    town.loses(1);
    try (Archive archive = open()) {
      town.restart(archive, 0);
      town.says(town.client("bia"), "outro");

      Page page = find(archive, LOBBY);
      assertEquals(List.of("outro", "um"), words(page));
      assertEquals(List.of(), page.gaps());
    }
  }

  @Test
  void neverHoldsTheServerUpAndSaysWhatItDropped() throws Exception {
    try (Archive archive = open(10, 1024)) {
      town.tell(archive);
      long ana = town.client("ana");
      town.says(ana, "antes");
      assertTrue(archive.flush(PATIENCE_MS));
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        for (int i = 0; i < 100; i++) {
          town.says(ana, "m" + i);
        }
        lock.execute("COMMIT");
      }
      assertTrue(archive.flush(PATIENCE_MS));
      town.says(ana, "depois");

      Page page = find(archive, LOBBY);
      assertEquals("depois", words(page).getFirst());
      assertTrue(page.rows().size() >= 12, () -> page.rows().size() + " rows");
      assertTrue(page.gaps().stream().allMatch(gap -> gap.reason() == Reason.OVERLOAD));
      // Every position after the first is either here or said to be missing, and none is both.
      List<Long> accounted =
          Stream.concat(
                  page.rows().stream().map(Row::position),
                  page.gaps().stream()
                      .flatMap(gap -> LongStream.rangeClosed(gap.from(), gap.to()).boxed()))
              .sorted()
              .toList();
      assertEquals(LongStream.rangeClosed(2, town.position()).boxed().toList(), accounted);
    }
  }

  @Test
  void losesNothingOfAReplayHoweverSlowTheDisk() throws Exception {
    long ana = town.client("ana");
    for (int i = 0; i < 200; i++) {
      town.says(ana, "m" + i);
    }
    try (Archive archive = open(10, 1024)) {
      town.restart(archive, 0);

      Page page = find(archive, LOBBY);
      assertEquals(200, page.rows().size());
      assertEquals(List.of(), page.gaps());
    }
  }

  @Test
  void saysWhatIsNotWrittenYet() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      long ana = town.client("ana");
      town.says(ana, "um");
      assertTrue(archive.flush(PATIENCE_MS));
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        town.says(ana, "dois");
        Page page = archive.search(LOBBY, 1);
        assertEquals(List.of("um"), words(page));
        assertEquals(List.of("3-3 PENDING"), shortly(page.gaps()));
        lock.execute("COMMIT");
      }
      assertEquals(List.of("dois", "um"), words(find(archive, LOBBY)));
    }
  }

  @Test
  void setsADamagedFileAsideAndSaysWhatIsGone() throws Exception {
    try (Archive archive = open()) {
      town.tell(archive);
      town.says(town.client("ana"), "um");
    }
    Files.writeString(file(), "this is no database, and long enough to be sure of that".repeat(99));
    town.tell(null);
    try (Archive archive = open()) {
      town.restart(archive, 1);

      Page page = find(archive, LOBBY);
      assertEquals(List.of("um"), words(page));
      assertEquals(List.of("1-1 NOT_RECORDED"), shortly(page.gaps()));
    }
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
      assertTrue(names.contains("archive.db.damaged-5"), names::toString);
    }
  }

  @Test
  void refusesAFileOfAnotherProgram() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE x (y)");
    }
    assertThrows(ArchiveException.class, this::open);
  }

  @Test
  void refusesAPlaceThatIsNone() {
    folder = folder.resolve("missing");
    assertThrows(ArchiveException.class, this::open);
  }

  @Test
  void forgetsWhatIsTooOldByItself() throws Exception {
    ArchiveConfig config = new ArchiveConfig(file(), 1000, 1 << 20, 100, 100, 1 << 20, 1);
    long[] nowMs = {0};
    try (Archive archive = Archive.open(config, id -> "t" + id, () -> nowMs[0])) {
      town.tell(archive);
      long ana = town.client("ana");
      town.says(ana, "um");
      assertEquals(List.of("um"), words(find(archive, LOBBY)));
      nowMs[0] = 1_002_000;
      town.passes(1_001_000);
      town.says(ana, "dois");
      // It forgets after it has written.
      Page page = find(archive, LOBBY);
      long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
      while (page.gaps().isEmpty() && System.nanoTime() < deadlineNs) {
        page = archive.search(LOBBY);
      }
      assertEquals(List.of("dois"), words(page));
      assertEquals(List.of("1-2 RETENTION"), shortly(page.gaps()));
    }
  }
}
