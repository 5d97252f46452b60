package mutirao.core;

import org.jspecify.annotations.Nullable;

/**
 * Why a command was turned down; nothing changed because of it.
 *
 * @param subject the name, room or task in question, for the message to people
 * @param field the field at fault, named as on the wire
 * @param retryAfterMs when it may go better, 0 where that is not known
 */
public record Refusal(
    Code code, @Nullable String subject, @Nullable String field, long retryAfterMs)
    implements Reply {

  /** The kinds of refusal. */
  public enum Code {
    INVALID,
    NOT_REGISTERED,
    NAME_TAKEN,
    UNKNOWN_SESSION,
    UNKNOWN_TARGET,
    UNKNOWN_ROOM,
    UNKNOWN_WORKER,
    UNSUPPORTED_OPERATION,
    UNKNOWN_TASK,
    STALE_ATTEMPT,
    FINISHED_ALREADY,
    KEY_REUSED,
    OVERLOADED,
    /** Nothing that was shown says that this may be. */
    UNAUTHORIZED,
    FORBIDDEN,
    /** The name is no user's of this login. */
    FOREIGN_NAME,
    /** The login may not run one of the operations. */
    FOREIGN_OPERATION,
    UNKNOWN_USER,
    USER_EXISTS,
    UNKNOWN_TOKEN,
    /** A token may not open more than its user. */
    WIDER_TOKEN,
    /** Nobody could change anything any more. */
    LAST_ADMIN,
    /** The log did not answer: nobody can tell whether it happened. */
    UNAVAILABLE
  }
}
