package mutirao.web.http;

import io.javalin.http.Context;
import java.util.Locale;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;

/** Turns requests down as RFC 9457 says, with the codes of the wire. */
public final class Problems {
  /** What problems are written in. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final long MS_A_SECOND = 1000;

  private Problems() {}

  /** The problem as an object, as it stands in lists as well. */
  public static JsonObject object(ApiException problem) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", problem.title())
        .put("status", problem.status())
        .put("code", problem.code().wireName())
        .put("detail", problem.getMessage())
        .optional("field", problem.field())
        .optional("retry_after_ms", problem.retryAfterMs());
  }

  /** Answers a request with a problem. */
  public static void answer(Context context, ApiException problem) {
    context.status(problem.status());
    Long retryAfterMs = problem.retryAfterMs();
    if (retryAfterMs != null) {
      context.header("Retry-After", Long.toString(Math.ceilDiv(retryAfterMs, MS_A_SECOND)));
    }
    context.result(object(problem).toJson().bytes());
    context.contentType(MEDIA_TYPE);
    context.header("Content-Language", problem.language().toLanguageTag());
  }

  /** A value that cannot be. */
  public static ApiException invalid(Locale language, String field, String key, Object... rest) {
    Object[] arguments = new Object[rest.length + 1];
    arguments[0] = field;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    return new ApiException(
        language, Problem.field(null, ErrorCode.INVALID, field, key, arguments));
  }

  /** The server does not answer in time. */
  public static ApiException unavailable(Locale language) {
    return new ApiException(language, Problem.of(null, ErrorCode.UNAVAILABLE, "unavailable"));
  }
}
