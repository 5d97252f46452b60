package mutirao.archive.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Deletes the oldest rows, a few at a time. */
final class Forgetting {
  /** So few that writing never waits long for it. */
  private static final int ROWS_AT_ONCE = 500;

  /** Pages of the index that are tidied up after a deletion. */
  private static final int MERGE_PAGES = 200;

  /** Free pages that are given back to the file system after a deletion. */
  private static final int VACUUM_PAGES = 500;

  private static final String LAST_OF_OLDEST =
      "SELECT ifnull(max(id), 0) FROM (SELECT id, sent_at AS at FROM message"
          + " UNION ALL SELECT id, finished_at FROM task ORDER BY id LIMIT "
          + ROWS_AT_ONCE
          + ") WHERE at < ?";

  private final Connection connection;

  Forgetting(Connection connection) {
    this.connection = connection;
  }

  /** One step, within the caller's transaction; returns whether there may be more to do. */
  boolean step(long oldestMs, long maxBytes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean full = usedBytes(statement) > maxBytes;
      long last = lastOfOldest(full ? Long.MAX_VALUE : oldestMs);
      if (last == 0) {
        return false;
      }
      run(
          "UPDATE progress SET (forgotten, forgotten_ms) ="
              + " (SELECT position, sent_at FROM message WHERE id = ?1"
              + " UNION ALL SELECT position, finished_at FROM task WHERE id = ?1)",
          last);
      run("DELETE FROM words WHERE rowid <= ?1", last);
      run("DELETE FROM message WHERE id <= ?1", last);
      run("DELETE FROM task WHERE id <= ?1", last);
      run("DELETE FROM gap WHERE before_id <= ?1", last);
      statement.execute("INSERT INTO words (words, rank) VALUES ('merge', " + MERGE_PAGES + ")");
      statement.execute("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
      return true;
    }
  }

  private static long usedBytes(Statement statement) throws SQLException {
    long pages = Database.number(statement, "PRAGMA page_count");
    long free = Database.number(statement, "PRAGMA freelist_count");
    return (pages - free) * Database.number(statement, "PRAGMA page_size");
  }

  private long lastOfOldest(long beforeMs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAST_OF_OLDEST)) {
      statement.setLong(1, beforeMs);
      try (ResultSet result = statement.executeQuery()) {
        return result.getLong(1);
      }
    }
  }

  private void run(String sql, long value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, value);
      statement.executeUpdate();
    }
  }
}
