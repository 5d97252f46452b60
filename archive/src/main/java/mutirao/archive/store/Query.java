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
 * @param filter what of all that is wanted
 * @param limit at most this many rows
 * @param before {@link Page#before} of the page before; {@link Long#MAX_VALUE}: from the newest
 */
public record Query(
    List<String> rooms,
    @Nullable String directsOf,
    @Nullable String tasksOf,
    @Nullable String task,
    @Nullable String words,
    Filter filter,
    int limit,
    long before) {

  /**
   * What is wanted of the rows.
   *
   * @param by messages of this sender, tasks of this submitter or worker; null: anybody's
   * @param operation tasks with this operation; null: any
   * @param sinceMs rows from then on, epoch milliseconds
   * @param untilMs rows up to then, that millisecond included
   */
  public record Filter(
      @Nullable String by, @Nullable String operation, long sinceMs, long untilMs) {
    /** Everything. */
    public static final Filter NONE = new Filter(null, null, 0, Long.MAX_VALUE);

    /** Whether something of the time wanted may be missing in {@code gap}. */
    public boolean concerns(Gap gap) {
      return gap.toMs() >= sinceMs && gap.fromMs() <= untilMs;
    }
  }

  public Query {
    rooms = List.copyOf(rooms);
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one row");
    }
  }

  /** Everything that may be found. */
  public Query(
      List<String> rooms,
      @Nullable String directsOf,
      @Nullable String tasksOf,
      @Nullable String task,
      @Nullable String words,
      int limit,
      long before) {
    this(rooms, directsOf, tasksOf, task, words, Filter.NONE, limit, before);
  }

  /** Words beyond this number are not looked for. */
  public static final int MAX_WORDS = SearchText.MAX_QUERY_WORDS;

  /** Whether {@code words} have anything to look for, and no more than {@link #MAX_WORDS}. */
  public static boolean searchable(String words) {
    int count = SearchText.words(words).size();
    return count >= 1 && count <= MAX_WORDS;
  }
}
