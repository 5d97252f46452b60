package mutirao.archive.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to find, which is also what may be found: the archive knows neither sessions nor members,
 * and whoever asks on behalf of somebody vouches for the names here.
 *
 * @param rooms messages in these rooms
 * @param directsOf directs that this name sent or received; null: none
 * @param tasksOf tasks that this name submitted; null: none
 * @param task of the tasks only this one; null: any
 * @param words all of them must occur, in any order; a {@code *} at the end of one stands for any
 *     ending; null: not asked for
 * @param limit at most this many rows
 * @param before {@link Page#before} of the page before; {@link Long#MAX_VALUE}: from the newest
 */
public record Query(
    List<String> rooms,
    @Nullable String directsOf,
    @Nullable String tasksOf,
    @Nullable String task,
    @Nullable String words,
    int limit,
    long before) {
  public Query {
    rooms = List.copyOf(rooms);
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one row");
    }
  }
}
