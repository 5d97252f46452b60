package mutirao.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.web.http.ApiException;
import mutirao.web.http.Guard;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what never becomes a request of ours, as all else is answered. */
final class BrokenRequests extends ErrorHandler {
  private static final int TOO_LARGE = 413;
  private static final int FAULT = 500;

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Locale language = Requests.language(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE));
    Problem problem =
        status >= FAULT
            ? Problem.of(null, ErrorCode.INTERNAL, "internal")
            : status == TOO_LARGE
                ? Problem.of(null, ErrorCode.TOO_LARGE, "too_large.body")
                : Problem.of(null, ErrorCode.MALFORMED, "malformed.request");
    Guard.HEADERS.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
    String body =
        new String(
            Problems.object(ApiException.withStatus(status, language, problem)).toJson().bytes(),
            StandardCharsets.UTF_8);
    Content.Sink.write(response, true, body, callback);
  }
}
