package mutirao.archive.store;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened, on its way into the archive or out of it. Payloads are JSON as it was
 * sent; nobody changes their bytes.
 */
public sealed interface Row {
  /** Memory that a row takes beside its payloads, about. */
  int OVERHEAD_BYTES = 256;

  /** The log index of the entry that made it so. */
  long position();

  /** When, epoch milliseconds. */
  long timeMs();

  /** Memory it holds, about. */
  int bytes();

  /**
   * A message: in a room, or ({@code room} null) to one receiver.
   *
   * @param seq its number in the room, or among the receiver's session's directs
   * @param text a JSON string with its quotes
   */
  record Message(
      long position,
      long timeMs,
      @Nullable String room,
      @Nullable String receiver,
      long seq,
      String sender,
      byte[] text)
      implements Row {
    public Message {
      if ((room == null) == (receiver == null)) {
        throw new IllegalArgumentException("a message has a room or a receiver");
      }
    }

    @Override
    public int bytes() {
      return OVERHEAD_BYTES + text.length;
    }
  }

  /**
   * A task that ended; {@code timeMs} is when.
   *
   * @param task its id, as clients know it
   * @param worker who had it last; null: nobody
   * @param attempts how many were begun
   * @param startedAtMs when the last one began; 0: none did
   * @param params null where they were too long to be kept
   * @param result null unless done, or where it was too long
   * @param error the last error; null where there was none, or it was too long
   * @param omitted which of the three were too long, as a sum of {@link #PARAMS}, {@link #RESULT}
   *     and {@link #ERROR}
   */
  record Task(
      long position,
      long timeMs,
      String task,
      String operation,
      String submitter,
      @Nullable String worker,
      String state,
      int attempts,
      long acceptedAtMs,
      long startedAtMs,
      byte @Nullable [] params,
      byte @Nullable [] result,
      byte @Nullable [] error,
      int omitted)
      implements Row {
    /** The params were too long. */
    public static final int PARAMS = 1;

    /** The result was too long. */
    public static final int RESULT = 2;

    /** The error was too long. */
    public static final int ERROR = 4;

    @Override
    public int bytes() {
      return OVERHEAD_BYTES + length(params) + length(result) + length(error);
    }

    private static int length(byte @Nullable [] payload) {
      return payload == null ? 0 : payload.length;
    }
  }
}
