package mutirao.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Every code an {@code error} frame can carry. Codes are part of the contract; the message beside
 * one is for people.
 *
 * <p>A <em>definite</em> error says that the request did not happen and never will; after an
 * indefinite one the client has to ask before it repeats what must not happen twice.
 */
public enum ErrorCode {
  MALFORMED(true, false),
  TOO_LARGE(true, true),
  UNKNOWN_TYPE(true, false),
  INVALID(true, false),
  NOT_REGISTERED(true, false),
  ALREADY_REGISTERED(true, false),
  NAME_TAKEN(true, false),
  UNAUTHORIZED(true, false),
  FORBIDDEN(true, false),
  UNKNOWN_TARGET(true, false),
  UNKNOWN_WORKER(true, false),
  UNSUPPORTED_OPERATION(true, false),
  UNKNOWN_TASK(true, false),
  STALE_ATTEMPT(true, false),
  UNKNOWN_ROOM(true, false),
  OVERLOADED(true, false),
  SLOW_CONSUMER(true, true),
  /** Reserved for clusters. */
  NOT_LEADER(true, false),
  /** Reserved for clusters: no majority answered in time. */
  UNAVAILABLE(false, false),
  INTERNAL(false, false);

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final boolean definite;
  private final boolean closing;

  ErrorCode(boolean definite, boolean closing) {
    this.definite = definite;
    this.closing = closing;
  }

  /** The code on the wire, such as {@code name_taken}. */
  public String wireName() {
    return wireName;
  }

  /** True where the request certainly had no effect. */
  public boolean definite() {
    return definite;
  }

  /** True where the server always closes the connection after it. */
  public boolean closing() {
    return closing;
  }

  /** The code with this name on the wire; empty for a code of a later protocol. */
  public static Optional<ErrorCode> fromWire(String name) {
    for (ErrorCode code : values()) {
      if (code.wireName.equals(name)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
