package mutirao.web.http;

import java.util.Locale;
import java.util.Set;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Nothing came of a request, for a reason that whoever asked is told. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is well said, but too late: a task that has ended, a key that stands for another one. */
  private static final Set<String> CONFLICTS =
      Set.of("invalid.finished_already", "invalid.key_reused");

  private final transient ServerFrame.Error error;
  private final Locale language;
  private final int status;

  private ApiException(Locale language, ServerFrame.Error error, int status) {
    super(error.message(), null, false, false);
    this.language = language;
    this.error = error;
    this.status = status;
  }

  /**
   * Turned down by the server itself. What a task and a key look like was looked at before: where
   * one of them is invalid now, it is so because of what there is.
   *
   * @param language in which the server was asked
   */
  public ApiException(Locale language, ServerFrame.Error error) {
    this(
        language,
        error,
        status(error.code(), "task".equals(error.field()) || "key".equals(error.field())));
  }

  /** Turned down on the way there. */
  public ApiException(Locale language, Problem problem) {
    this(language, problem, 0);
  }

  /** Turned down for now. */
  public ApiException(Locale language, Problem problem, long retryAfterMs) {
    this(
        language,
        Messages.error(
            language, problem, null, retryAfterMs > 0 ? Long.valueOf(retryAfterMs) : null),
        status(problem.code(), CONFLICTS.contains(problem.key())));
  }

  /** Turned down with a status that the code does not tell. */
  public static ApiException withStatus(int status, Locale language, Problem problem) {
    return new ApiException(language, Messages.error(language, problem), status);
  }

  /** What the reason is called. */
  public ErrorCode code() {
    return error.code();
  }

  /** The code in words. */
  public String title() {
    return Messages.text(language, "title." + error.code().wireName());
  }

  /** In which it is told. */
  public Locale language() {
    return language;
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
    return status;
  }

  private static int status(ErrorCode code, boolean conflict) {
    return switch (code) {
      case MALFORMED, UNKNOWN_TYPE, UNSUPPORTED_OPERATION -> 400;
      case INVALID -> conflict ? 409 : 400;
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
