package mutirao.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a search finds. Times are epoch milliseconds. */
public sealed interface Archived {

  /** What it is, as it stands in a frame. */
  String kind();

  /**
   * A message; {@code message} is a JSON string with its quotes.
   *
   * @param room where it was said; null: to {@code target} alone
   * @param seq its number in the room, or among the directs of the target's session
   */
  record Message(
      String sender,
      @Nullable String room,
      @Nullable String target,
      RawJson message,
      long seq,
      long timestamp)
      implements Archived {
    @Override
    public String kind() {
      return "message";
    }
  }

  /**
   * A task that has ended.
   *
   * @param worker who had it last; null: nobody
   * @param startedAt when its last attempt began; null: none did
   * @param result in state done
   * @param error the last one; null where there was none
   * @param omitted which of {@code params}, {@code result} and {@code error} were too long to be
   *     kept
   */
  record Task(
      String task,
      String state,
      String operation,
      String submitter,
      @Nullable String worker,
      int attempt,
      long acceptedAt,
      @Nullable Long startedAt,
      long finishedAt,
      @Nullable RawJson params,
      @Nullable RawJson result,
      @Nullable RawJson error,
      List<String> omitted)
      implements Archived {
    @Override
    public String kind() {
      return "task";
    }
  }

  /**
   * A stretch of time from which something may be missing.
   *
   * @param since when it began at the earliest; 0: nobody knows
   * @param until when it was over at the latest
   * @param reason {@code not_recorded}, {@code overload}, {@code pending} or {@code retention}
   */
  record Gap(long since, long until, String reason) {}
}
