package mutirao.archive.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Places between rows, in words that every server understands: ids differ from server to server,
 * log positions do not. Both they and times grow with the ids, over both tables, so that they are
 * found by halving; that needs no index of its own.
 */
final class Places implements AutoCloseable {
  /** Of a place these bits count the rows of one log position, the others are the position. */
  private static final int ROW_BITS = 20;

  private static final int ROW_MASK = (1 << ROW_BITS) - 1;

  private final PreparedStatement rowFrom;
  private final PreparedStatement rowBefore;

  /** A row in brief. */
  private record Mark(long id, long position, long timeMs) {}

  Places(Connection connection) throws SQLException {
    rowFrom = connection.prepareStatement(nearest(">=", "ASC"));
    rowBefore = connection.prepareStatement(nearest("<", "DESC"));
  }

  private static String nearest(String than, String order) {
    String one =
        "SELECT * FROM (SELECT id, position, %s FROM %s WHERE id %s ?1 ORDER BY id %s LIMIT 1)";
    return one.formatted("sent_at", "message", than, order)
        + " UNION ALL "
        + one.formatted("finished_at", "task", than, order)
        + " ORDER BY 1 "
        + order
        + " LIMIT 1";
  }

  /** The id before which a page begins; what {@code place} stands for on this server. */
  long idOf(long place) throws SQLException {
    if (place == Long.MAX_VALUE) {
      return place;
    }
    long position = place >>> ROW_BITS;
    Mark first = first(mark -> mark.position() >= position);
    if (first == null) {
      return Long.MAX_VALUE;
    }
    // Where this server has a gap there, the page begins with what is older.
    return first.position() == position ? first.id() + (place & ROW_MASK) : first.id();
  }

  /** The place right behind the newest row before {@code id}; 0: there is none. */
  long placeBefore(long id) throws SQLException {
    Mark row = mark(rowBefore, id);
    if (row == null) {
      return 0;
    }
    Mark first = first(mark -> mark.position() >= row.position());
    long rows = first == null ? 1 : row.id() - first.id() + 1;
    return row.position() << ROW_BITS | Math.min(rows, ROW_MASK);
  }

  /** The first id from {@code timeMs} on; {@link Long#MAX_VALUE}: there is none. */
  long firstFrom(long timeMs) throws SQLException {
    Mark first = first(mark -> mark.timeMs() >= timeMs);
    return first == null ? Long.MAX_VALUE : first.id();
  }

  private interface Test {
    boolean holds(Mark mark);
  }

  /** The first row that passes a test which all later ones pass, too. */
  private @Nullable Mark first(Test test) throws SQLException {
    Mark newest = mark(rowBefore, Long.MAX_VALUE);
    if (newest == null || !test.holds(newest)) {
      return null;
    }
    long low = 0;
    long high = newest.id();
    while (low < high) {
      long middle = low + (high - low) / 2;
      Mark mark = mark(rowFrom, middle);
      if (mark != null && test.holds(mark)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return mark(rowFrom, high);
  }

  private static @Nullable Mark mark(PreparedStatement statement, long id) throws SQLException {
    statement.setLong(1, id);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? new Mark(row.getLong(1), row.getLong(2), row.getLong(3)) : null;
    }
  }

  @Override
  public void close() throws SQLException {
    rowFrom.close();
    rowBefore.close();
  }
}
