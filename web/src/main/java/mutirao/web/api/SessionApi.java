package mutirao.web.api;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import mutirao.server.access.Principal;
import mutirao.server.gateway.Gateway;
import mutirao.server.local.Inside;
import mutirao.web.WebConfig;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import org.jspecify.annotations.Nullable;

/** Who the page is looked at by, and how that is changed. */
final class SessionApi {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final Inside inside;
  private final Callers callers;
  private final WebConfig config;

  SessionApi(Inside inside, Callers callers, WebConfig config) {
    this.inside = inside;
    this.callers = callers;
    this.config = config;
  }

  void look(Context context) {
    Requests.answer(context, OK, json(callers.principal(context)));
  }

  void logIn(Context context) {
    Map<String, @Nullable Object> body = Requests.object(context);
    Locale language = Requests.language(context);
    String user = Requests.text(context, body, "username");
    String password = Requests.text(context, body, "password");
    if (user == null || password == null) {
      throw Problems.invalid(language, user == null ? "username" : "password", "invalid.missing");
    }
    Requests.answer(context, OK, json(callers.logIn(context, user, password)));
  }

  void logOut(Context context) {
    callers.logOut(context);
    context.status(NO_CONTENT);
  }

  private JsonObject json(@Nullable Principal who) {
    String user = who == null || who.user().isEmpty() ? null : who.user();
    return new JsonObject()
        .put("login_required", who == null || user != null)
        .put("user", user)
        .put("role", who == null ? null : who.role().name().toLowerCase(Locale.ROOT))
        .put("node", inside.config().node())
        .put("server", Gateway.SERVER)
        .put("port", config.port())
        .put("join", config.join().open())
        .put("stage_controls", config.stage() != null);
  }
}
