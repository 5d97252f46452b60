package mutirao.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.InternalRouter;
import io.javalin.router.ParsedEndpoint;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.web.http.ApiException;
import mutirao.web.http.Requests;
import org.jspecify.annotations.Nullable;

/** Answers where the API has nothing, or not that: then with what may be asked there. */
final class Nothing {
  private static final String REST = "/api/<rest>";
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  /** What is there whatever is asked for. */
  private static final Set<String> ANYWHERE = Set.of(REST, "/<path>");

  private static final int METHOD_NOT_ALLOWED = 405;

  private @Nullable InternalRouter router;

  /** Where to look up what is somewhere. */
  void know(InternalRouter newRouter) {
    router = newRouter;
  }

  void addTo(RoutesConfig routes) {
    METHODS.forEach(method -> routes.addHttpHandler(method, REST, this::answer));
    routes.head(REST, this::answer);
  }

  private void answer(Context context) {
    String allowed =
        METHODS.stream()
            .filter(method -> isThere(method, context.path()))
            .map(HandlerType::name)
            .collect(Collectors.joining(", "));
    if (allowed.isEmpty()) {
      throw new ApiException(
          Requests.language(context),
          Problem.of(null, ErrorCode.UNKNOWN_TARGET, "unknown_path", context.path()));
    }
    context.header("Allow", allowed);
    throw ApiException.withStatus(
        METHOD_NOT_ALLOWED,
        Requests.language(context),
        Problem.of(null, ErrorCode.MALFORMED, "malformed.method", allowed));
  }

  private boolean isThere(HandlerType method, String path) {
    for (ParsedEndpoint found :
        Objects.requireNonNull(router).findHttpHandlerEntries(method, path)) {
      if (!ANYWHERE.contains(found.endpoint.path)) {
        return true;
      }
    }
    return false;
  }
}
