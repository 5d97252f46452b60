package mutirao.chaos.history;

/** What a client did, or saw happen. */
public enum Action {
  /** Takes a name; {@link Phase#OK} when it is held. */
  REGISTER,
  /** Gives its name up. */
  RELEASE,
  /** Took its session up again ({@link Phase#OK}) or was given a new one ({@link Phase#FAIL}). */
  RESUME,
  /** Hands in a task. */
  SUBMIT,
  /** A worker begins an attempt. */
  START,
  /** A worker reports a result. */
  REPORT,
  /** A submitter is told how its task ended. */
  RESULT,
  /** Says something in a room, or to one person where {@code to} is set. */
  SEND,
  /** Hears what was said. */
  HEAR,
  /** Is told that messages are missing: from {@code seq} to {@code attempt}. */
  GAP,
  /** Reads a task after everything is over. */
  READ_TASK,
  /** Reads a message of a room's history after everything is over. */
  READ_ROOM,
  /** The last reading is complete. */
  READ_ALL,
  /** Somebody made something break ({@link Phase#INVOKE}) or mended it ({@link Phase#OK}). */
  FAULT
}
