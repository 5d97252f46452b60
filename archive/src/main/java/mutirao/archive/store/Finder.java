package mutirao.archive.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers questions about the file, each over a connection of its own. Thread-safe. */
public final class Finder {
  /** A page is closed once it has grown to this: it has to fit into one frame. */
  private static final int PAGE_BYTES = 512 * 1024;

  /** Rows looked at between two looks at the clock. */
  private static final int ROWS_A_LOOK = 64;

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

  /** One page of what {@code query} asks for. */
  public Page find(Query query) throws SQLException {
    try (Connection connection = Database.openToRead(file)) {
      Found found = ids(connection, query);
      List<Row> rows = new ArrayList<>();
      long bytes = 0;
      long before = found.stoppedAt();
      for (long id : found.ids()) {
        if (rows.size() == query.limit() || bytes >= PAGE_BYTES) {
          before = id + 1;
          break;
        }
        Row row = Rows.byId(connection, id);
        bytes += row.bytes();
        rows.add(row);
      }
      boolean complete = query.task() != null && !rows.isEmpty();
      List<Gap> gaps = complete ? List.of() : gaps(connection, before, query.before());
      return new Page(rows, before, gaps);
    }
  }

  private Found ids(Connection connection, Query query) throws SQLException {
    if (query.words() == null) {
      return newestIds(connection, query);
    }
    String words = SearchText.query(query.words());
    return words == null ? new Found(List.of(), 0) : idsWithWords(connection, query, words);
  }

  /** By the indexes alone: as many as asked for, and one more where there is one. */
  private static Found newestIds(Connection connection, Query query) throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (String room : query.rooms()) {
      add(ids, connection, query, "message WHERE room_key = ?", Writer.key(room));
    }
    String directsOf = Writer.key(query.directsOf());
    if (directsOf != null) {
      add(ids, connection, query, "message WHERE sender_key = ?", directsOf);
      add(ids, connection, query, "message WHERE receiver_key = ?", directsOf);
    }
    String tasksOf = Writer.key(query.tasksOf());
    if (query.task() != null) {
      addTask(ids, connection, query.task(), tasksOf);
    } else if (tasksOf != null) {
      add(ids, connection, query, "task WHERE submitter_key = ?", tasksOf);
    }
    // Somebody's direct to themselves is found twice.
    List<Long> newest = ids.stream().distinct().sorted(Collections.reverseOrder()).toList();
    return new Found(newest.subList(0, Math.min(newest.size(), query.limit() + 1)), 0);
  }

  private static void add(
      List<Long> ids, Connection connection, Query query, String where, @Nullable String key)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id FROM " + where + " AND id < ? ORDER BY id DESC LIMIT ?")) {
      statement.setString(1, key);
      statement.setLong(2, query.before());
      statement.setInt(3, query.limit() + 1);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.add(result.getLong(1));
        }
      }
    }
  }

  private static void addTask(
      List<Long> ids, Connection connection, String task, @Nullable String tasksOf)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM task WHERE task = ? AND submitter_key = ?")) {
      statement.setString(1, task);
      statement.setString(2, tasksOf);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.add(result.getLong(1));
        }
      }
    }
  }

  /** Through all that has the words, newest first, for as long as there is patience. */
  private Found idsWithWords(Connection connection, Query query, String words) throws SQLException {
    long startedNs = System.nanoTime();
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT w.rowid, m.room_key, m.sender_key, m.receiver_key, t.submitter_key, t.task"
                + " FROM words w LEFT JOIN message m ON m.id = w.rowid"
                + " LEFT JOIN task t ON t.id = w.rowid"
                + " WHERE words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC")) {
      statement.setString(1, words);
      statement.setLong(2, query.before());
      Visible visible = new Visible(query);
      try (ResultSet result = statement.executeQuery()) {
        for (int looked = 1; ids.size() <= query.limit() && result.next(); looked++) {
          long id = result.getLong(1);
          if (visible.is(result)) {
            ids.add(id);
          }
          if (looked % ROWS_A_LOOK == 0 && System.nanoTime() - startedNs > patienceNs) {
            return new Found(ids, id);
          }
        }
      }
    }
    return new Found(ids, 0);
  }

  /** What a query asks for, beside its words. */
  private static final class Visible {
    private final Set<String> rooms = new HashSet<>();
    private final @Nullable String directsOf;
    private final @Nullable String tasksOf;
    private final @Nullable String task;

    Visible(Query query) {
      query.rooms().forEach(room -> rooms.add(String.valueOf(Writer.key(room))));
      directsOf = Writer.key(query.directsOf());
      tasksOf = Writer.key(query.tasksOf());
      task = query.task();
    }

    boolean is(ResultSet row) throws SQLException {
      String submitter = row.getString(5);
      if (submitter != null) {
        return submitter.equals(tasksOf) && (task == null || task.equals(row.getString(6)));
      }
      String room = row.getString(2);
      if (room != null) {
        return rooms.contains(room);
      }
      return directsOf != null
          && (directsOf.equals(row.getString(3)) || directsOf.equals(row.getString(4)));
    }
  }

  /** What is missing between the rows from {@code from} to {@code before}, and what is gone. */
  private static List<Gap> gaps(Connection connection, long from, long before) throws SQLException {
    List<Gap> gaps = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT from_position, to_position, from_ms, to_ms, reason FROM gap"
                + " WHERE before_id > ? AND before_id <= ? ORDER BY to_position DESC")) {
      statement.setLong(1, from);
      statement.setLong(2, before);
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
    if (from == 0) {
      addForgotten(connection, gaps);
    }
    return gaps;
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
