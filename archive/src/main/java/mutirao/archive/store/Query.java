package mutirao.archive.store;

import java.util.List;
import mutirao.core.session.Names;
import org.jspecify.annotations.Nullable;

/**
 * What to find, which is also what may be found: the archive knows neither sessions nor members,
 * and whoever asks on behalf of somebody vouches for the names here.
 *
 * @param rooms messages in these rooms
 * @param directsOf directs that they sent or received; null: nobody's
 * @param tasksOf tasks that they submitted; null: nobody's
 * @param task of the tasks only this one; null: any
 * @param words all of them must occur, in any order; a {@code *} at the end of one stands for any
 *     ending; null: not asked for
 * @param filter what of all that is wanted
 * @param limit at most this many rows
 * @param before {@link Page#before} of the page before; {@link Long#MAX_VALUE}: from the newest
 */
public record Query(
    List<String> rooms,
    @Nullable Whose directsOf,
    @Nullable Whose tasksOf,
    @Nullable String task,
    @Nullable String words,
    Filter filter,
    int limit,
    long before) {

  /** Who did something. */
  public sealed interface Whose {
    /** All there are. */
    Whose ANYBODY = new Anybody();

    /** Whether somebody with this compared name is among them. */
    boolean is(String key);

    /** Whoever has this name. */
    record Name(String key) implements Whose {
      public Name {
        key = Names.key(key);
      }

      @Override
      public boolean is(String other) {
        return key.equals(other);
      }
    }

    /** A user, under whichever of the user's names. */
    record User(String key) implements Whose {
      public User {
        key = Names.key(key);
      }

      @Override
      public boolean is(String other) {
        return key.equals(Names.user(other));
      }
    }

    /** See {@link #ANYBODY}. */
    record Anybody() implements Whose {
      @Override
      public boolean is(String other) {
        return true;
      }
    }
  }

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
    if (directsOf instanceof Whose.Anybody) {
      throw new IllegalArgumentException("a direct is for the two between whom it went");
    }
  }

  /** Everything that somebody with these names may find. */
  public Query(
      List<String> rooms,
      @Nullable String directsOf,
      @Nullable String tasksOf,
      @Nullable String task,
      @Nullable String words,
      int limit,
      long before) {
    this(rooms, name(directsOf), name(tasksOf), task, words, Filter.NONE, limit, before);
  }

  private static @Nullable Whose name(@Nullable String name) {
    return name == null ? null : new Whose.Name(name);
  }

  /** Words beyond this number are not looked for. */
  public static final int MAX_WORDS = SearchText.MAX_QUERY_WORDS;

  /** Whether {@code words} have anything to look for, and no more than {@link #MAX_WORDS}. */
  public static boolean searchable(String words) {
    int count = SearchText.words(words).size();
    return count >= 1 && count <= MAX_WORDS;
  }
}
