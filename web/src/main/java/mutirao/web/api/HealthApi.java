package mutirao.web.api;

import io.javalin.http.Context;
import java.util.concurrent.TimeUnit;
import mutirao.protocol.ServerFrame;
import mutirao.server.local.Inside;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import mutirao.web.live.Figures;
import mutirao.web.live.Watch;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server lives, and whether work can flow: for whoever starts and stops servers, and so
 * without a login and without a word about anybody's work.
 */
final class HealthApi {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final long WITHIN_MS = 2000;
  private static final long OLD_MS = 5000;

  private final Inside inside;
  private final Watch watch;

  HealthApi(Inside inside, Watch watch) {
    this.inside = inside;
    this.watch = watch;
  }

  void live(Context context) {
    boolean alive = turns();
    Requests.answer(context, alive ? OK : UNAVAILABLE, new JsonObject().put("live", alive));
  }

  void ready(Context context) {
    String problem = problem();
    Requests.answer(
        context,
        problem == null ? OK : UNAVAILABLE,
        new JsonObject().put("ready", problem == null).optional("problem", problem));
  }

  /** Why work cannot flow; null: it can. */
  private @Nullable String problem() {
    if (!turns()) {
      return "busy";
    }
    Figures latest = watch.latest();
    ServerFrame.ClusterState group = watch.group();
    if (latest == null || System.currentTimeMillis() - latest.atMs() > OLD_MS) {
      return "starting";
    }
    return group == null || group.leader() == null ? "no_leader" : null;
  }

  private boolean turns() {
    try {
      return inside.look(_ -> true).get(WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      return false;
    }
  }
}
