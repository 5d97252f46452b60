package mutirao.client;

import java.time.Instant;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in the server's archive: {@code Search.of("cement bags").room("works")}. Each
 * method changes this search and returns it; what is not asked for is anything. The server checks
 * the values. Not thread-safe.
 */
public final class Search {
  private final @Nullable String words;
  private @Nullable String kind;
  private @Nullable String room;
  private @Nullable String task;
  private @Nullable String operation;
  private @Nullable String by;
  private @Nullable Long since;
  private @Nullable Long until;
  private boolean any;
  private int limit = Limits.DEFAULT_PAGE;
  private @Nullable String cursor;

  private Search(@Nullable String words) {
    this.words = words;
  }

  /** Whatever has all of these words; a {@code *} at the end of one stands for any ending. */
  public static Search of(String words) {
    return new Search(words);
  }

  /** Whatever there is. */
  public static Search everything() {
    return new Search(null);
  }

  /** Messages alone. */
  public Search messages() {
    kind = "message";
    return this;
  }

  /** Tasks alone: one's own that have ended. */
  public Search tasks() {
    kind = "task";
    return this;
  }

  /** Messages of this room, which one must be in. */
  public Search room(String name) {
    room = name;
    return this;
  }

  /** The task with this id. */
  public Search task(String id) {
    task = id;
    return this;
  }

  /** Tasks with this operation. */
  public Search operation(String name) {
    operation = name;
    return this;
  }

  /** What this name said, and the tasks it ran. */
  public Search by(String name) {
    by = name;
    return this;
  }

  /** From then on. */
  public Search since(Instant then) {
    since = then.toEpochMilli();
    return this;
  }

  /** Up to then. */
  public Search until(Instant then) {
    until = then.toEpochMilli();
    return this;
  }

  /**
   * Anybody's tasks, where one's own are found otherwise. For admins: others are refused with
   * {@code forbidden}.
   */
  public Search anybodys() {
    any = true;
    return this;
  }

  /** At most so many in one answer, 1 to 1,000; 50 unless said. */
  public Search limit(int most) {
    limit = most;
    return this;
  }

  /** What is older than an answer before: its {@link ServerFrame.Found#next}. */
  public Search after(String next) {
    cursor = next;
    return this;
  }

  ClientFrame frame(RawJson ref) {
    return new ClientFrame.Search(
        ref, words, kind, room, task, operation, by, since, until, any, limit, cursor);
  }
}
