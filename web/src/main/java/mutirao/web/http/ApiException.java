package mutirao.web.http;

import java.util.Locale;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Nothing came of a request, for a reason that whoever asked is told. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ServerFrame.Error error;

  /** Turned down by the server itself. */
  public ApiException(ServerFrame.Error error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** Turned down on the way there. */
  public ApiException(Locale language, Problem problem) {
    this(Messages.error(language, problem));
  }

  /** Turned down for now. */
  public ApiException(Locale language, Problem problem, long retryAfterMs) {
    this(later(Messages.error(language, problem), retryAfterMs));
  }

  private static ServerFrame.Error later(ServerFrame.Error plain, long retryAfterMs) {
    return new ServerFrame.Error(
        plain.ref(),
        plain.code(),
        plain.message(),
        plain.field(),
        plain.position(),
        retryAfterMs > 0 ? Long.valueOf(retryAfterMs) : null,
        plain.task());
  }

  /** What the reason is called. */
  public ErrorCode code() {
    return error.code();
  }

  /** The field that is wrong; null where none is. */
  public @Nullable String field() {
    return error.field();
  }

  /** When to try again; null where that makes no difference. */
  public @Nullable Long retryAfterMs() {
    return error.retryAfterMs();
  }

  /** The HTTP status that says the same. */
  public int status() {
    return switch (error.code()) {
      case MALFORMED, UNKNOWN_TYPE, UNSUPPORTED_OPERATION -> 400;
      case INVALID -> "task".equals(error.field()) || "key".equals(error.field()) ? 409 : 400;
      case UNAUTHORIZED, NOT_REGISTERED -> 401;
      case FORBIDDEN -> 403;
      case UNKNOWN_TARGET, UNKNOWN_WORKER, UNKNOWN_TASK, UNKNOWN_ROOM -> 404;
      case ALREADY_REGISTERED, NAME_TAKEN, STALE_ATTEMPT -> 409;
      case TOO_LARGE -> 413;
      case OVERLOADED, SLOW_CONSUMER -> 429;
      case NOT_LEADER, UNAVAILABLE -> 503;
      case INTERNAL -> 500;
    };
  }
}
