package mutirao.archive.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import mutirao.core.session.Names;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the file: there is one at a time. What it wrote counts from the return of a call; a
 * call that throws has written nothing. Not thread-safe.
 */
public final class Writer implements AutoCloseable {
  /** More gaps than anybody reads: beyond it the oldest two become one. */
  private static final int MAX_GAPS = 1000;

  private final Connection connection;
  private final PreparedStatement message;
  private final PreparedStatement task;
  private final PreparedStatement words;
  private final PreparedStatement gap;
  private final Forgetting forgetting;
  private long position;
  private long timeMs;
  private long nextId;

  private Writer(Connection connection) throws SQLException {
    this.connection = connection;
    message =
        connection.prepareStatement(
            "INSERT INTO message VALUES (?,?,?,?,?,?,?,CAST(? AS TEXT),?,?,?)");
    task =
        connection.prepareStatement(
            "INSERT INTO task VALUES (?,?,?,?,?,?,?,?,?,?,?,"
                + "CAST(? AS TEXT),CAST(? AS TEXT),CAST(? AS TEXT),?,?)");
    words = connection.prepareStatement("INSERT INTO words (rowid, body) VALUES (?,?)");
    gap = connection.prepareStatement("INSERT INTO gap VALUES (?,?,?,?,?,?)");
    forgetting = new Forgetting(connection);
    read();
  }

  /**
   * Opens the file, and makes it where it is not there.
   *
   * @throws ForeignFileException where it is not ours, or of a later version
   */
  public static Writer open(Path file) throws SQLException, IOException {
    Connection connection = Database.openToWrite(file);
    try {
      return new Writer(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Where what it says cannot be right: the file has to be set aside. */
  public static boolean isDamage(SQLException e) {
    return Database.isDamage(e);
  }

  /** The last log position whose outcome is in the file, or known to be missing. */
  public long position() {
    return position;
  }

  /** The machine's time there. */
  public long timeMs() {
    return timeMs;
  }

  private void read() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT position, at_ms, next_id FROM progress")) {
      position = row.getLong(1);
      timeMs = row.getLong(2);
      nextId = row.getLong(3);
    }
    connection.commit();
  }

  /** Writes what is new in {@code batch}; positions between it and what is there are a gap. */
  public void write(Batch batch) throws SQLException {
    if (batch.to() <= position) {
      return;
    }
    undoOnFailure(
        () -> {
          long id = nextId;
          if (batch.from() > position + 1) {
            long firstMs =
                batch.rows().isEmpty() ? batch.timeMs() : batch.rows().getFirst().timeMs();
            Gap jump =
                new Gap(position + 1, batch.from() - 1, timeMs, firstMs, Gap.Reason.NOT_RECORDED);
            insert(jump, id);
          }
          Deque<Gap> gaps = new ArrayDeque<>(batch.gaps());
          for (Row row : batch.rows()) {
            if (row.position() > position) {
              insertBefore(row.position(), gaps, id);
              insert(row, id++);
            }
          }
          insertBefore(Long.MAX_VALUE, gaps, id);
          joinOldGaps();
          setProgress(batch.to(), batch.timeMs(), id);
        });
  }

  private void insertBefore(long rowPosition, Deque<Gap> gaps, long id) throws SQLException {
    while (!gaps.isEmpty() && gaps.getFirst().to() < rowPosition) {
      Gap next = gaps.removeFirst();
      if (next.to() > position) {
        insert(next, id);
      }
    }
  }

  private void insert(Gap missing, long id) throws SQLException {
    gap.setLong(1, missing.to());
    gap.setLong(2, missing.from());
    gap.setLong(3, missing.fromMs());
    gap.setLong(4, missing.toMs());
    gap.setString(5, missing.reason().name().toLowerCase(Locale.ROOT));
    gap.setLong(6, id);
    gap.executeUpdate();
  }

  private void insert(Row row, long id) throws SQLException {
    switch (row) {
      case Row.Message sent -> insert(sent, id);
      case Row.Task ended -> insert(ended, id);
    }
    words.setLong(1, id);
    words.setString(2, IndexedText.of(row));
    words.executeUpdate();
  }

  private void insert(Row.Message sent, long id) throws SQLException {
    message.setLong(1, id);
    message.setLong(2, sent.position());
    message.setLong(3, sent.timeMs());
    message.setString(4, sent.room());
    message.setString(5, sent.receiver());
    message.setLong(6, sent.seq());
    message.setString(7, sent.sender());
    message.setBytes(8, sent.text());
    message.setString(9, key(sent.room()));
    message.setString(10, key(sent.receiver()));
    message.setString(11, sent.receiver() == null ? null : key(sent.sender()));
    message.executeUpdate();
  }

  private void insert(Row.Task ended, long id) throws SQLException {
    task.setLong(1, id);
    task.setLong(2, ended.position());
    task.setLong(3, ended.timeMs());
    task.setString(4, ended.task());
    task.setString(5, ended.operation());
    task.setString(6, ended.submitter());
    task.setString(7, ended.worker());
    task.setString(8, ended.state());
    task.setInt(9, ended.attempts());
    task.setLong(10, ended.acceptedAtMs());
    task.setLong(11, ended.startedAtMs());
    setBytes(12, ended.params());
    setBytes(13, ended.result());
    setBytes(14, ended.error());
    task.setInt(15, ended.omitted());
    task.setString(16, key(ended.submitter()));
    task.executeUpdate();
  }

  private void setBytes(int place, byte @Nullable [] bytes) throws SQLException {
    if (bytes == null) {
      task.setNull(place, Types.VARCHAR);
    } else {
      task.setBytes(place, bytes);
    }
  }

  static @Nullable String key(@Nullable String name) {
    return name == null ? null : Names.key(name);
  }

  private void joinOldGaps() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int tooMany = Database.number(statement, "SELECT count(*) FROM gap") - MAX_GAPS;
      for (; tooMany > 0; tooMany--) {
        statement.executeUpdate(
            "UPDATE gap SET (from_position, from_ms) ="
                + " (SELECT from_position, from_ms FROM gap ORDER BY to_position LIMIT 1)"
                + " WHERE to_position = (SELECT to_position FROM gap ORDER BY to_position"
                + " LIMIT 1 OFFSET 1)");
        statement.executeUpdate(
            "DELETE FROM gap WHERE to_position = (SELECT min(to_position) FROM gap)");
      }
    }
  }

  /**
   * Takes back what is said of positions after {@code last}: the log does not have them. It may
   * have lost its end, as {@code sync=none} allows, or come out of a backup.
   */
  public void rewind(long last, long lastMs) throws SQLException {
    if (last >= position) {
      return;
    }
    undoOnFailure(
        () -> {
          run("DELETE FROM words WHERE rowid IN (SELECT id FROM message WHERE position > ?)", last);
          run("DELETE FROM words WHERE rowid IN (SELECT id FROM task WHERE position > ?)", last);
          run("DELETE FROM message WHERE position > ?", last);
          run("DELETE FROM task WHERE position > ?", last);
          run("DELETE FROM gap WHERE from_position > ?", last);
          run("UPDATE gap SET to_position = ?1 WHERE to_position > ?1", last);
          setProgress(last, lastMs, nextId);
        });
  }

  private void run(String sql, long value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, value);
      statement.executeUpdate();
    }
  }

  private void setProgress(long newPosition, long newTimeMs, long newNextId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE progress SET position=?, at_ms=?, next_id=?")) {
      statement.setLong(1, newPosition);
      statement.setLong(2, newTimeMs);
      statement.setLong(3, newNextId);
      statement.executeUpdate();
    }
    connection.commit();
    position = newPosition;
    timeMs = newTimeMs;
    nextId = newNextId;
  }

  /**
   * Forgets some of the oldest rows where they are from before {@code oldestMs}, or the file holds
   * more than {@code maxBytes}.
   *
   * @return whether there may be more to forget
   */
  public boolean forget(long oldestMs, long maxBytes) throws SQLException {
    boolean[] more = {false};
    undoOnFailure(
        () -> {
          more[0] = forgetting.step(oldestMs, maxBytes);
          connection.commit();
        });
    return more[0];
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void undoOnFailure(Work work) throws SQLException {
    try {
      work.run();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
