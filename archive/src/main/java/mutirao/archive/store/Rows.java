package mutirao.archive.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows as they were when they were written. */
final class Rows {

  private Rows() {}

  static Row byId(Connection connection, long id) throws SQLException {
    Row message = message(connection, id);
    Row row = message == null ? task(connection, id) : message;
    if (row == null) {
      throw new IllegalStateException("row " + id + " was there a moment ago");
    }
    return row;
  }

  private static @Nullable Row message(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT position, sent_at, room, receiver, seq, sender, text"
                + " FROM message WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Row.Message(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getBytes(7))
            : null;
      }
    }
  }

  private static @Nullable Row task(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT position, finished_at, task, operation, submitter, worker, state, attempts,"
                + " accepted_at, started_at, params, result, error, omitted"
                + " FROM task WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Row.Task(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getLong(9),
                row.getLong(10),
                row.getBytes(11),
                row.getBytes(12),
                row.getBytes(13),
                row.getInt(14))
            : null;
      }
    }
  }
}
