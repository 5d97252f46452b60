package mutirao.archive.store;

import static mutirao.archive.store.Sample.batch;
import static mutirao.archive.store.Sample.done;
import static mutirao.archive.store.Sample.page;
import static mutirao.archive.store.Sample.room;
import static mutirao.archive.store.Sample.said;
import static mutirao.archive.store.Sample.with;
import static mutirao.archive.store.Sample.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mutirao.archive.store.Gap.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  private static final long FOR_EVER = 0;
  private static final long NO_BOUND = Long.MAX_VALUE;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("archive.db");
  }

  private Page find(Query query) throws SQLException {
    return new Finder(file(), 60_000).find(query);
  }

  @Test
  void knowsAfterARestartHowFarItCame() throws Exception {
    try (Writer writer = Writer.open(file())) {
      writer.write(batch(1, said(3, "lobby", "ana", "um")));
      writer.write(new Batch(4, 9, 8, List.of(), List.of()));
    }
    try (Writer writer = Writer.open(file())) {
      assertEquals(9, writer.position());
      assertEquals(8, writer.timeMs());
      writer.write(batch(10, said(10, "lobby", "ana", "dois")));
    }
    assertEquals(List.of("dois", "um"), words(find(room("lobby")).rows()));
    assertEquals(List.of(), find(room("lobby")).gaps());
  }

  @Test
  void writesNothingTwice() throws Exception {
    try (Writer writer = Writer.open(file())) {
      writer.write(batch(1, said(1, "lobby", "ana", "um"), said(2, "lobby", "ana", "dois")));
      writer.write(batch(1, said(1, "lobby", "ana", "um"), said(2, "lobby", "ana", "dois")));
      writer.write(batch(1, said(2, "lobby", "ana", "dois"), said(3, "lobby", "ana", "três")));
    }
    assertEquals(List.of("três", "dois", "um"), words(find(room("lobby")).rows()));
  }

  @Test
  void saysWhatNeverCame() throws Exception {
    try (Writer writer = Writer.open(file())) {
      writer.write(batch(5, said(6, "lobby", "ana", "um")));
      Gap dropped = new Gap(8, 9, 6, 9, Reason.OVERLOAD);
      writer.write(
          new Batch(
              7,
              12,
              12,
              List.of(said(7, "lobby", "ana", "dois"), said(11, "lobby", "ana", "três")),
              List.of(dropped)));
      Gap jump = new Gap(13, 19, 12, 20, Reason.NOT_RECORDED);
      writer.write(batch(20, said(20, "lobby", "ana", "quatro")));

      Page all = find(room("lobby"));
      assertEquals(List.of("quatro", "três", "dois", "um"), words(all.rows()));
      assertEquals(List.of(jump, dropped, new Gap(1, 4, 0, 6, Reason.NOT_RECORDED)), all.gaps());

      Page first = find(page(room("lobby"), 1, Long.MAX_VALUE));
      assertEquals(List.of(), first.gaps());
      Page second = find(page(room("lobby"), 2, first.before()));
      assertEquals(List.of(jump, dropped), second.gaps());
      Page third = find(page(room("lobby"), 2, second.before()));
      assertEquals(List.of(new Gap(1, 4, 0, 6, Reason.NOT_RECORDED)), third.gaps());
    }
  }

  @Test
  void joinsTheOldestGapsWhereThereAreTooMany() throws Exception {
    try (Writer writer = Writer.open(file())) {
      List<Gap> gaps = new ArrayList<>();
      for (long i = 1; i <= 1003; i++) {
        gaps.add(new Gap(10 * i, 10 * i + 1, i, i + 1, Reason.OVERLOAD));
      }
      writer.write(new Batch(1, 20_000, 20_000, List.of(), gaps));
    }
    List<Gap> found = find(room("lobby")).gaps();

    assertEquals(1000, found.size());
    assertEquals(new Gap(10, 41, 1, 5, Reason.OVERLOAD), found.getLast());
  }

  @Test
  void takesBackWhatTheLogDoesNotHave() throws Exception {
    try (Writer writer = Writer.open(file())) {
      Gap gap = new Gap(4, 9, 3, 9, Reason.OVERLOAD);
      writer.write(
          new Batch(
              1,
              3,
              3,
              List.of(said(2, "lobby", "ana", "um"), done(3, "ana", "1", "1")),
              List.of()));
      writer.write(
          new Batch(
              4,
              11,
              11,
              List.of(said(10, "lobby", "ana", "um dois"), done(11, "ana", "1", "1")),
              List.of(gap)));
      writer.rewind(6, 6);
      writer.rewind(8, 8);

      assertEquals(6, writer.position());
      writer.write(batch(7, said(7, "lobby", "ana", "um três")));
    }
    Query anas = new Query(List.of("lobby"), null, "ana", null, null, 50, Long.MAX_VALUE);
    assertEquals(List.of("um três", "t3", "um"), words(find(anas).rows()));
    assertEquals(List.of("um três", "um"), words(find(with(anas, "um")).rows()));
    assertEquals(List.of(new Gap(4, 6, 3, 9, Reason.OVERLOAD)), find(anas).gaps());
  }

  @Test
  void forgetsWhatIsTooOld() throws Exception {
    try (Writer writer = Writer.open(file())) {
      Gap gap = new Gap(2, 2, 1, 2, Reason.OVERLOAD);
      writer.write(
          new Batch(
              1,
              9,
              9,
              List.of(
                  said(1, "lobby", "ana", "um"),
                  done(4, "ana", "1", "1"),
                  said(9, "lobby", "ana", "um")),
              List.of(gap)));
      assertTrue(writer.forget(9, NO_BOUND));
      assertFalse(writer.forget(9, NO_BOUND));
    }
    Query anas = new Query(List.of("lobby"), null, "ana", null, null, 50, Long.MAX_VALUE);
    assertEquals(List.of(9L), find(anas).rows().stream().map(Row::position).toList());
    assertEquals(List.of(9L), find(with(anas, "um")).rows().stream().map(Row::position).toList());
    assertEquals(List.of(new Gap(1, 4, 0, 4, Reason.RETENTION)), find(anas).gaps());
  }

  @Test
  void forgetsTheOldestWhereTheFileIsTooLarge() throws Exception {
    long maxBytes = 512 * 1024;
    Random random = new Random(7);
    try (Writer writer = Writer.open(file())) {
      for (int i = 0; i < 40; i++) {
        Row[] rows = new Row[200];
        for (int j = 0; j < rows.length; j++) {
          String text = Long.toString(random.nextLong(), 36) + " " + random.nextInt(1000);
          rows[j] = said(i * 200L + j + 1, "lobby", "ana", text);
        }
        writer.write(batch(writer.position() + 1, rows));
        int steps = 0;
        while (writer.forget(FOR_EVER, maxBytes)) {
          assertTrue(++steps < 100, "forgetting frees nothing");
        }
      }
    }
    Page found = find(page(room("lobby"), 1000, Long.MAX_VALUE));
    assertEquals(1000, found.rows().size());
    assertEquals(8000, found.rows().getFirst().position());
    // As large as one batch more, and what is not given back yet.
    assertTrue(Files.size(file()) < 3 * maxBytes / 2, () -> sizeOf(file()) + " bytes");
  }

  private static long sizeOf(Path path) {
    return path.toFile().length();
  }

  @Test
  void keepsDirectsFromOtherUsersOfTheMachine() throws Exception {
    try (Writer writer = Writer.open(file())) {
      writer.write(batch(1, said(1, "lobby", "ana", "um")));
      for (String end : new String[] {"", "-wal", "-shm"}) {
        Path part = folder.resolve("archive.db" + end);
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part)), end);
      }
    }
  }

  @Test
  void touchesNoFileOfAnotherProgram() throws Exception {
    sql("CREATE TABLE x (y)");
    byte[] before = Files.readAllBytes(file());

    assertThrows(ForeignFileException.class, () -> Writer.open(file()));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file())));
  }

  @Test
  void touchesNoFileOfALaterVersion() throws Exception {
    Writer.open(file()).close();
    sql("PRAGMA user_version=99");

    assertThrows(ForeignFileException.class, () -> Writer.open(file()));
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
