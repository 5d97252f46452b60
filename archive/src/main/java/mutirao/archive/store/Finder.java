package mutirao.archive.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mutirao.core.session.Names;
import org.jspecify.annotations.Nullable;

/** Answers questions about the file, each over a connection of its own. Thread-safe. */
public final class Finder {
  /** A page is closed once it has grown to this: it has to fit into one frame. */
  private static final int PAGE_BYTES = 512 * 1024;

  /** Rows looked at between two looks at the clock. */
  private static final int ROWS_A_LOOK = 64;

  /** Names of one user that are looked for one by one; with more, every row is looked at. */
  static final int MAX_NAMES = 100;

  /** What every row is looked at for, whether it may be found and is wanted. */
  private static final String OF_MESSAGE =
      "SELECT id, room_key, sender_key, receiver_key, NULL, NULL, sender, NULL, NULL FROM message";

  private static final String OF_TASK =
      "SELECT id, NULL, NULL, NULL, submitter_key, task, submitter, worker, operation FROM task";

  private static final String WITH_WORDS =
      "SELECT w.rowid, m.room_key, m.sender_key, m.receiver_key, t.submitter_key, t.task,"
          + " coalesce(m.sender, t.submitter), t.worker, t.operation FROM words w LEFT JOIN message"
          + " m ON m.id = w.rowid LEFT JOIN task t ON t.id = w.rowid";

  private final Path file;
  private final long patienceNs;

  /**
   * A finder for a file that is there.
   *
   * @param patienceMs after this long a search is answered with what it has found so far
   */
  public Finder(Path file, long patienceMs) {
    this.file = file;
    this.patienceNs = TimeUnit.MILLISECONDS.toNanos(patienceMs);
  }

  /** Ids found, newest first, and where the search stopped: at 0 it came to the end. */
  private record Found(List<Long> ids, long stoppedAt) {}

  /** The ids to look at: from {@code from} to before {@code before}. */
  private record Range(long from, long before) {}

  /** One page of what {@code query} asks for. */
  public Page find(Query query) throws SQLException {
    try (Connection connection = Database.openToRead(file);
        Places places = new Places(connection)) {
      Range range = range(places, query);
      Found found = ids(connection, query, range);
      List<Row> rows = new ArrayList<>();
      long bytes = 0;
      long next = found.stoppedAt();
      for (long id : found.ids()) {
        if (rows.size() == query.limit() || bytes >= PAGE_BYTES) {
          next = id + 1;
          break;
        }
        Row row = Rows.byId(connection, id);
        bytes += row.bytes();
        rows.add(row);
      }
      long place = next == 0 ? 0 : places.placeBefore(next);
      boolean complete = query.task() != null && !rows.isEmpty();
      List<Gap> gaps = complete ? List.of() : gaps(connection, query, range, place == 0 ? 0 : next);
      return new Page(rows, place, gaps);
    }
  }

  private static Range range(Places places, Query query) throws SQLException {
    Query.Filter filter = query.filter();
    long from = filter.sinceMs() == 0 ? 0 : places.firstFrom(filter.sinceMs());
    long before = places.idOf(query.before());
    if (filter.untilMs() != Long.MAX_VALUE) {
      before = Math.min(before, places.firstFrom(filter.untilMs() + 1));
    }
    return new Range(from, before);
  }

  private Found ids(Connection connection, Query query, Range range) throws SQLException {
    List<Source> sources = sources(connection, query);
    if (sources.isEmpty()) {
      return new Found(List.of(), 0);
    }
    String sql =
        sources.stream()
                .map(source -> source.select() + " AND %s < ? AND %1$s >= ?".formatted(source.id()))
                .collect(Collectors.joining(" UNION ALL "))
            + " ORDER BY 1 DESC";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int place = 1;
      for (Source source : sources) {
        for (String key : source.keys()) {
          statement.setString(place++, key);
        }
        statement.setLong(place++, range.before());
        statement.setLong(place++, range.from());
      }
      return look(statement, query);
    }
  }

  /** Rows that come newest first by an index alone. */
  private record Source(String select, String id, List<String> keys) {
    static Source of(String select, String... keys) {
      return new Source(select, "id", List.of(keys));
    }
  }

  private static List<Source> sources(Connection connection, Query query) throws SQLException {
    if (query.words() != null) {
      String words = SearchText.query(query.words());
      return words == null
          ? List.of()
          : List.of(new Source(WITH_WORDS + " WHERE words MATCH ?", "w.rowid", List.of(words)));
    }
    List<Source> sources = new ArrayList<>();
    for (String room : query.rooms()) {
      sources.add(Source.of(OF_MESSAGE + " WHERE room_key = ?", Names.key(room)));
    }
    if (query.directsOf() != null) {
      addBy(connection, sources, query.directsOf(), Column.SENDER);
      addBy(connection, sources, query.directsOf(), Column.RECEIVER);
    }
    if (query.task() != null) {
      sources.add(Source.of(OF_TASK + " WHERE task = ?", query.task()));
    } else if (query.tasksOf() != null) {
      addBy(connection, sources, query.tasksOf(), Column.SUBMITTER);
    }
    return sources;
  }

  /** Where names stand by which something is found. */
  private enum Column {
    SENDER("message", "sender_key", OF_MESSAGE),
    RECEIVER("message", "receiver_key", OF_MESSAGE),
    SUBMITTER("task", "submitter_key", OF_TASK);

    private final String table;
    private final String key;
    private final String select;

    Column(String table, String key, String select) {
      this.table = table;
      this.key = key;
      this.select = select;
    }

    /** The rows of one name. */
    Source of(String name) {
      return Source.of(select + " WHERE " + key + " = ?", name);
    }

    /** The first name after one and before another. */
    String nextName() {
      return "SELECT min(" + key + ") FROM " + table + " WHERE " + key + " > ? AND " + key + " < ?";
    }

    /** All rows; which of them are wanted is looked at for each. */
    Source all() {
      return Source.of(select + " WHERE TRUE");
    }
  }

  private static void addBy(
      Connection connection, List<Source> sources, Query.Whose whose, Column column)
      throws SQLException {
    switch (whose) {
      case Query.Whose.Name(String key) -> sources.add(column.of(key));
      case Query.Whose.User(String key) -> {
        List<String> names = names(connection, key, column);
        if (names.size() > MAX_NAMES) {
          sources.add(column.all());
        } else {
          names.forEach(name -> sources.add(column.of(name)));
        }
      }
      case Query.Whose.Anybody() -> sources.add(column.all());
    }
  }

  /** A user's names in a column, some of them where there are too many: a leap for each. */
  private static List<String> names(Connection connection, String user, Column column)
      throws SQLException {
    List<String> names = new ArrayList<>(List.of(user));
    try (PreparedStatement leap = connection.prepareStatement(column.nextName())) {
      // Behind the user's name comes a hyphen or a full stop, and right behind these the slash.
      leap.setString(2, user + '/');
      while (names.size() <= MAX_NAMES) {
        leap.setString(1, names.getLast());
        try (ResultSet row = leap.executeQuery()) {
          String next = row.getString(1);
          if (next == null) {
            break;
          }
          names.add(next);
        }
      }
    }
    return names;
  }

  /** Through all that the sources have, newest first, for as long as there is patience. */
  private Found look(PreparedStatement statement, Query query) throws SQLException {
    long startedNs = System.nanoTime();
    List<Long> ids = new ArrayList<>();
    Wanted wanted = new Wanted(query);
    long last = 0;
    try (ResultSet result = statement.executeQuery()) {
      for (int looked = 1; ids.size() <= query.limit() && result.next(); looked++) {
        long id = result.getLong(1);
        // Somebody's direct to themselves comes twice.
        if (id != last && wanted.is(result)) {
          ids.add(id);
        }
        last = id;
        if (looked % ROWS_A_LOOK == 0 && System.nanoTime() - startedNs > patienceNs) {
          return new Found(ids, id);
        }
      }
    }
    return new Found(ids, 0);
  }

  /** What a query asks for, beside its words. */
  private static final class Wanted {
    private final Set<String> rooms = new HashSet<>();
    private final Query.@Nullable Whose directsOf;
    private final Query.@Nullable Whose tasksOf;
    private final @Nullable String task;
    private final @Nullable String by;
    private final @Nullable String operation;

    Wanted(Query query) {
      query.rooms().forEach(room -> rooms.add(Names.key(room)));
      directsOf = query.directsOf();
      tasksOf = query.tasksOf();
      task = query.task();
      by = Writer.key(query.filter().by());
      operation = query.filter().operation();
    }

    boolean is(ResultSet row) throws SQLException {
      return mayBeFound(row) && isBy(row);
    }

    private boolean mayBeFound(ResultSet row) throws SQLException {
      String submitter = row.getString(5);
      if (submitter != null) {
        return tasksOf != null
            && tasksOf.is(submitter)
            && (task == null || task.equals(row.getString(6)))
            && (operation == null || operation.equals(row.getString(9)));
      }
      String room = row.getString(2);
      if (room != null) {
        return rooms.contains(room);
      }
      return directsOf != null
          && (directsOf.is(row.getString(3)) || directsOf.is(row.getString(4)));
    }

    private boolean isBy(ResultSet row) throws SQLException {
      return by == null
          || by.equals(Writer.key(row.getString(7)))
          || by.equals(Writer.key(row.getString(8)));
    }
  }

  /**
   * What is missing between the oldest row that was looked at, before {@code next}, and the newest.
   */
  private static List<Gap> gaps(Connection connection, Query query, Range range, long next)
      throws SQLException {
    List<Gap> gaps = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT from_position, to_position, from_ms, to_ms, reason FROM gap"
                + " WHERE before_id > ? AND before_id <= ? ORDER BY to_position DESC")) {
      statement.setLong(1, next == 0 ? range.from() - 1 : next);
      statement.setLong(2, range.before());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          Gap.Reason reason = Gap.Reason.valueOf(result.getString(5).toUpperCase(Locale.ROOT));
          gaps.add(
              new Gap(
                  result.getLong(1),
                  result.getLong(2),
                  result.getLong(3),
                  result.getLong(4),
                  reason));
        }
      }
    }
    if (next == 0) {
      addForgotten(connection, gaps);
    }
    return gaps.stream().filter(query.filter()::concerns).toList();
  }

  private static void addForgotten(Connection connection, List<Gap> gaps) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT forgotten, forgotten_ms FROM progress");
        ResultSet result = statement.executeQuery()) {
      if (result.getLong(1) > 0) {
        gaps.add(new Gap(1, result.getLong(1), 0, result.getLong(2), Gap.Reason.RETENTION));
      }
    }
  }
}
