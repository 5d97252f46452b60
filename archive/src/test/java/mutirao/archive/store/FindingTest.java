package mutirao.archive.store;

import static mutirao.archive.store.Query.Filter.NONE;
import static mutirao.archive.store.Sample.all;
import static mutirao.archive.store.Sample.batch;
import static mutirao.archive.store.Sample.done;
import static mutirao.archive.store.Sample.page;
import static mutirao.archive.store.Sample.room;
import static mutirao.archive.store.Sample.said;
import static mutirao.archive.store.Sample.told;
import static mutirao.archive.store.Sample.with;
import static mutirao.archive.store.Sample.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mutirao.archive.store.Query.Whose;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
  private static final long PATIENCE_MS = 60_000;
  private static final long NEWEST = Long.MAX_VALUE;

  @TempDir private Path folder;
  private Writer writer;
  private Finder finder;

  @BeforeEach
  void open() throws Exception {
    Path file = folder.resolve("a file? with % signs.db");
    writer = Writer.open(file);
    finder = new Finder(file, PATIENCE_MS);
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private void write(Row... rows) throws SQLException {
    writer.write(batch(writer.position() + 1, rows));
  }

  private List<String> found(Query query) throws SQLException {
    return words(finder.find(query).rows());
  }

  @Test
  void givesBackWhatWasWritten() throws SQLException {
    Row.Message broadcast = said(1, "Obras", "Ana", "chegou \"areia\"\n\u0000 às 9h");
    Row.Message direct = told(2, "Ana", "Bruno", "oi");
    Row.Task task = done(5, "Ana", "{\"numbers\":[0.10,2]}", "2.10");
    Row.Task failed =
        new Row.Task(
            7, 8, "t7", "x", "Ana", null, "failed", 3, 1, 0, null, null, new byte[] {'1'}, 1);
    write(broadcast, direct, task, failed);

    List<Row> rows =
        finder
            .find(new Query(List.of("OBRAS"), "bruno", "ANA", null, null, 50, Long.MAX_VALUE))
            .rows();

    assertEquals(
        List.of(all(failed), all(task), all(direct), all(broadcast)),
        rows.stream().map(Sample::all).toList());
  }

  @Test
  void showsEverybodyOnlyWhatIsTheirs() throws SQLException {
    write(
        said(1, "lobby", "ana", "praça"),
        said(2, "segredo", "bia", "praça"),
        told(3, "ana", "bia", "praça"),
        told(4, "bia", "ana", "praça"),
        told(5, "bia", "caio", "praça"),
        told(6, "ana", "ana", "praça"),
        done(7, "ana", "\"praça\"", "1"),
        done(8, "bia", "\"praça\"", "1"));
    Query anas = new Query(List.of("lobby"), "ana", "ana", null, null, 50, Long.MAX_VALUE);
    Query nobodys = new Query(List.of(), null, null, null, null, 50, Long.MAX_VALUE);

    assertEquals(List.of(7L, 6L, 4L, 3L, 1L), positions(anas));
    assertEquals(List.of(7L, 6L, 4L, 3L, 1L), positions(with(anas, "praca")));
    assertEquals(List.of(), positions(nobodys));
    assertEquals(List.of(), positions(with(nobodys, "praca")));
    assertEquals(List.of(2L), positions(with(room("segredo"), "praca")));
  }

  private List<Long> positions(Query query) throws SQLException {
    return finder.find(query).rows().stream().map(Row::position).toList();
  }

  @Test
  void findsWhatAUserDidUnderWhicheverName() throws SQLException {
    write(
        done(1, "ana", "\"praça\"", "1"),
        done(2, "Ana-2", "\"praça\"", "1"),
        done(3, "ana.laptop", "\"praça\"", "1"),
        done(4, "anabela", "\"praça\"", "1"),
        done(5, "ana_2", "\"praça\"", "1"),
        done(6, "an", "\"praça\"", "1"),
        told(7, "ana-web", "bia", "praça"),
        told(8, "bia-web", "ANA-2", "praça"),
        told(9, "bia-web", "anabela", "praça"));
    Query anas =
        new Query(
            List.of(), new Whose.User("ana"), new Whose.User("ana"), null, null, NONE, 50, NEWEST);

    assertEquals(List.of(8L, 7L, 3L, 2L, 1L), positions(anas));
    assertEquals(List.of(8L, 7L, 3L, 2L, 1L), positions(with(anas, "praca")));
    assertEquals(List.of(3L, 2L, 1L), positions(task(anas, null)));
    assertEquals(List.of(2L), positions(task(anas, "t2")));
    assertEquals(List.of(), positions(task(anas, "t4")));
  }

  @Test
  void findsWhatAUserDidUnderVeryManyNames() throws SQLException {
    List<Long> wanted = new ArrayList<>();
    for (long i = 1; i <= Finder.MAX_NAMES + 5; i++) {
      write(done(2 * i, "ana-" + i, "1", "1"), done(2 * i + 1, "bia-" + i, "1", "1"));
      wanted.addFirst(2 * i);
    }

    Query anas = new Query(List.of(), null, new Whose.User("ana"), null, null, NONE, 500, NEWEST);

    assertEquals(wanted, positions(anas));
  }

  @Test
  void findsAnybodysTasksButNobodyElsesMessages() throws SQLException {
    write(
        done(1, "ana", "\"praça\"", "1"),
        said(2, "segredo", "bia", "praça"),
        told(3, "bia", "caio", "praça"),
        done(4, "bia", "\"praça\"", "1"),
        told(5, "bia", "ana", "praça"));
    Query anybodys =
        new Query(
            List.of("lobby"), new Whose.Name("ana"), Whose.ANYBODY, null, null, NONE, 50, NEWEST);

    assertEquals(List.of(5L, 4L, 1L), positions(anybodys));
    assertEquals(List.of(5L, 4L, 1L), positions(with(anybodys, "praca")));
    assertEquals(List.of(4L), positions(task(anybodys, "t4")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Query(List.of(), Whose.ANYBODY, null, null, null, NONE, 50, NEWEST));
  }

  /** Only tasks, and of these one or all. */
  private static Query task(Query query, @Nullable String task) {
    return new Query(List.of(), null, query.tasksOf(), task, null, NONE, 50, NEWEST);
  }

  @Test
  void findsOneTaskForItsSubmitterAlone() throws SQLException {
    write(done(5, "ana", "1", "2"), done(9, "ana", "1", "2"));
    Query anas = new Query(List.of("lobby"), "ana", "ana", "t5", null, 50, Long.MAX_VALUE);
    Query bias = new Query(List.of("lobby"), "bia", "bia", "t5", null, 50, Long.MAX_VALUE);

    assertEquals(List.of("t5"), found(anas).subList(0, 1));
    assertEquals(List.of("t5"), found(with(anas, "sum")));
    assertEquals(List.of(), found(bias));
    assertEquals(List.of(), found(with(bias, "sum")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Não há pão de açúcar       | pao              | yes",
        "Não há pão de açúcar       | AÇÚCAR nao       | yes",
        "Não há pão de açúcar       | pao queijo       | no",
        "Não há pão de açúcar       | acu*             | yes",
        "Não há pão de açúcar       | acu              | no",
        "relatório-2026_final.pdf   | 2026             | yes",
        "relatório-2026_final.pdf   | relatorio-2026   | yes",
        "relatório-2026_final.pdf   | 2026-relatorio   | no",
        "今日は天気がいい           | 天気             | yes",
        "今日は天気がいい           | 気天             | no",
        "parabéns 🎉🎉               | 🎉               | yes",
        "o preço é 10,5             | 10,5             | yes",
        "she said \"never\"         | \"never\"        | yes",
        "she said \"never\"         | said\" OR \"x    | no",
        "NEAR the end               | NEAR(end         | no",
        "x                          | * - \" ( )       | no",
        "x                          | body:x           | no",
      })
  void findsWordsAsPeopleMeanThem(String text, String asked, String finds) throws SQLException {
    write(said(1, "lobby", "ana", text));

    List<String> expected = finds.equals("yes") ? List.of(text) : List.of();
    assertEquals(expected, found(with(room("lobby"), asked)));
  }

  @Test
  void findsTasksByTheirOperationAndTheirPayloads() throws SQLException {
    write(
        done(3, "ana", "{\"chave\":[{\"b\":\"tijolo\"},12.50,null,true]}", "\"parede\""),
        done(6, "ana", "{\"n\":1e999999999999}", "1"));
    Query anas = new Query(List.of(), null, "ana", null, null, 50, Long.MAX_VALUE);

    assertEquals(List.of("t3"), found(with(anas, "tijolo")));
    assertEquals(List.of("t3"), found(with(anas, "parede 12.50")));
    assertEquals(List.of("t6", "t3"), found(with(anas, "sum")));
    assertEquals(List.of(), found(with(anas, "chave")));
  }

  @Test
  void pagesWithoutGapAndWithoutRepeat() throws SQLException {
    for (int i = 1; i <= 25; i++) {
      write(said(3L * i, "lobby", "ana", "m" + i + " alfa"), told(3L * i + 1, "x", "y", "alfa"));
    }
    for (String words : new String[] {null, "alfa"}) {
      List<String> seen = new ArrayList<>();
      Query query = page(with(room("lobby"), words), 10, Long.MAX_VALUE);
      Page found = finder.find(query);
      while (found.before() != 0) {
        assertEquals(10, found.rows().size());
        seen.addAll(words(found.rows()));
        found = finder.find(page(query, 10, found.before()));
      }
      seen.addAll(words(found.rows()));

      assertEquals(25, seen.size());
      assertEquals("m25 alfa", seen.getFirst());
      assertEquals("m1 alfa", seen.getLast());
      assertEquals(25, seen.stream().distinct().count());
    }
  }

  @Test
  void bringsNoMoreThanFitsIntoAFrame() throws SQLException {
    String large = "a".repeat(60_000);
    for (int i = 1; i <= 20; i++) {
      write(said(i, "lobby", "ana", large));
    }
    Page first = finder.find(room("lobby"));
    Page second = finder.find(page(room("lobby"), 50, first.before()));

    assertEquals(9, first.rows().size());
    assertEquals(11, second.rows().getFirst().position());
  }

  @Test
  void answersInPartsWhenItTakesLong() throws SQLException {
    for (int i = 1; i <= 300; i++) {
      write(said(i, i == 1 ? "lobby" : "obras", "ana", "alfa"));
    }
    Finder hurried = new Finder(folder.resolve("a file? with % signs.db"), 0);
    Query query = with(room("lobby"), "alfa");
    Page found = hurried.find(query);
    int pages = 1;
    while (found.before() != 0) {
      assertEquals(List.of(), found.rows());
      found = hurried.find(page(query, 50, found.before()));
      pages++;
    }

    assertEquals(List.of("alfa"), words(found.rows()));
    assertTrue(pages > 1);
  }

  @ParameterizedTest
  @CsvSource({
    "ana,  ,    0,  99, 7 5 1",
    "BIA,  ,    0,  99, 6 3",
    "WIM,  ,    0,  99, 7 5",
    "zeca, ,    0,  99, ",
    ",     sum, 0,  99, 7 6 5 3 1",
    ",     max, 0,  99, 6 3 1",
    ",     ,    3,  99, 7 6 5 3",
    ",     ,    4,  6,  6 5",
    ",     ,    4,  4,  ",
    ",     ,    8,  99, ",
    ",     ,    0,  0,  ",
    "bia,  ,    2,  5,  3",
  })
  void narrowsByWhoWhatAndWhen(
      String by, String operation, long sinceMs, long untilMs, String expected)
      throws SQLException {
    write(
        said(1, "lobby", "ana", "alfa"),
        said(3, "lobby", "bia", "alfa"),
        done(5, "ana", "\"alfa\"", "1"),
        told(6, "Bia", "ana", "alfa"),
        done(7, "ana", "\"alfa\"", "1"));
    for (String words : new String[] {null, "alfa"}) {
      Query query =
          new Query(
              List.of("lobby"),
              new Whose.Name("ana"),
              new Whose.Name("ana"),
              null,
              words,
              new Query.Filter(by, operation, sinceMs, untilMs),
              50,
              Long.MAX_VALUE);
      List<Long> wanted =
          expected == null ? List.of() : Stream.of(expected.split(" ")).map(Long::valueOf).toList();
      assertEquals(wanted, positions(query));
    }
  }

  @Test
  void tellsOnlyGapsOfTheTimeAskedFor() throws SQLException {
    write(said(5, "lobby", "ana", "a"));
    writer.write(batch(9, said(12, "lobby", "ana", "b")));

    assertEquals(1, gaps(0, 99));
    assertEquals(1, gaps(6, 9));
    assertEquals(1, gaps(12, 99));
    assertEquals(0, gaps(13, 99));
    assertEquals(0, gaps(0, 4));
  }

  private int gaps(long sinceMs, long untilMs) throws SQLException {
    Query.Filter when = new Query.Filter(null, null, sinceMs, untilMs);
    Query query = new Query(List.of("lobby"), null, null, null, null, when, 50, Long.MAX_VALUE);
    return finder.find(query).gaps().size();
  }

  @Test
  void goesOnInAnotherServersArchive() throws Exception {
    Path other = folder.resolve("other.db");
    try (Writer second = Writer.open(other)) {
      second.write(batch(3, told(3, "x", "y", "alfa"), said(4, "lobby", "ana", "alfa 4")));
      second.write(batch(5, said(5, "lobby", "ana", "alfa 5"), said(5, "lobby", "ana", "alfa 5b")));
    }
    write(said(2, "lobby", "ana", "alfa 2"), said(4, "lobby", "ana", "alfa 4"));
    write(said(5, "lobby", "ana", "alfa 5"), said(5, "lobby", "ana", "alfa 5b"));
    write(said(7, "lobby", "ana", "alfa 7"));
    for (String words : new String[] {null, "alfa"}) {
      Page first = finder.find(page(with(room("lobby"), words), 2, Long.MAX_VALUE));
      Page second =
          new Finder(other, PATIENCE_MS).find(page(with(room("lobby"), words), 9, first.before()));

      assertEquals(List.of("alfa 7", "alfa 5b"), words(first.rows()));
      assertEquals(List.of("alfa 5", "alfa 4"), words(second.rows()));
    }
  }
}
