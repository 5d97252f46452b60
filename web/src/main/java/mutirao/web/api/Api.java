package mutirao.web.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import mutirao.server.access.Permissions.Action;
import mutirao.server.local.Inside;
import mutirao.web.WebConfig;
import mutirao.web.line.Callers;
import mutirao.web.live.Live;
import mutirao.web.metrics.Metrics;

/** Which request goes where. */
public final class Api {
  private final Callers callers;
  private final Metrics metrics;
  private final SessionApi session;
  private final TasksApi tasks;
  private final EndingApi ending;
  private final WorkersApi workers;
  private final PeopleApi people;
  private final HistoryApi history;
  private final ClusterApi cluster;
  private final LiveApi live;
  private final HealthApi health;

  /** The API of a server. */
  public Api(Inside inside, Callers callers, Live live, Metrics metrics, WebConfig config) {
    this.callers = callers;
    this.metrics = metrics;
    this.session = new SessionApi(inside, callers, config);
    this.tasks = new TasksApi(callers, new TaskJson(inside, live.chronicle()), live.waiters());
    this.ending = new EndingApi(callers);
    this.workers = new WorkersApi(callers, live.lastFinished());
    this.people = new PeopleApi(callers);
    this.history = new HistoryApi(callers);
    this.cluster = new ClusterApi(callers, config.stage());
    this.live = new LiveApi(callers, live.watch(), live.feed());
    this.health = new HealthApi(inside, live.watch());
  }

  /** Adds all routes. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/session", session::look);
    routes.post("/api/session", session::logIn);
    routes.delete("/api/session", session::logOut);
    routes.get("/api/tasks", tasks::list);
    routes.post("/api/tasks", tasks::submit);
    routes.post("/api/tasks/batch", tasks::batch);
    routes.post("/api/tasks/cancel", ending::cancelMany);
    routes.post("/api/tasks/retry", ending::retryMany);
    routes.get("/api/tasks/{id}", tasks::one);
    routes.post("/api/tasks/{id}/cancel", ending::cancel);
    routes.post("/api/tasks/{id}/retry", ending::retry);
    routes.get("/api/workers", workers::list);
    routes.post("/api/workers/{name}/drain", workers::drain);
    routes.get("/api/clients", people::clients);
    routes.get("/api/rooms", people::rooms);
    routes.get("/api/rooms/{room}/messages", people::messages);
    routes.post("/api/rooms/{room}/messages", people::post);
    routes.get("/api/history", history::search);
    routes.get("/api/cluster", cluster::look);
    routes.post("/api/cluster/transfer", cluster::transfer);
    routes.post("/api/stage/servers/{node}/kill", cluster::kill);
    routes.post("/api/stage/servers/{node}/start", cluster::start);
    routes.get("/api/figures", live::figures);
    routes.get("/api/events", live::events);
    routes.get("/api/openapi.json", Api::openApi);
    routes.get("/metrics", this::metrics);
    routes.get("/health/live", health::live);
    routes.get("/health/ready", health::ready);
    // For those who look whether it is up, and nothing else.
    routes.head("/health/live", health::live);
    routes.head("/health/ready", health::ready);
  }

  private void metrics(Context context) {
    callers.checkEvenAlone(context, Action.LOOK);
    context.result(metrics.scrape());
    context.contentType("text/plain; version=0.0.4; charset=utf-8");
  }

  private static void openApi(Context context) throws IOException {
    try (InputStream in = Api.class.getResourceAsStream("/mutirao/web/openapi.json")) {
      context.result(Objects.requireNonNull(in).readAllBytes());
      context.contentType("application/json");
    }
  }
}
