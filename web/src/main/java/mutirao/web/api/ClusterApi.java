package mutirao.web.api;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.server.access.Permissions.Action;
import mutirao.web.Stage;
import mutirao.web.http.ApiException;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.live.Groups;
import org.jspecify.annotations.Nullable;

/** The group of servers: how it is, who leads it, and, on a stage, what happens to its servers. */
final class ClusterApi {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final Callers callers;
  private final @Nullable Stage stage;

  ClusterApi(Callers callers, @Nullable Stage stage) {
    this.callers = callers;
    this.stage = stage;
  }

  void look(Context context) {
    Requests.answer(context, OK, Groups.json(status(context)));
  }

  private ServerFrame.ClusterState status(Context context) {
    return ask(context, new JsonObject().put("action", "status"));
  }

  private ServerFrame.ClusterState ask(Context context, JsonObject fields) {
    return Requests.await(
        context,
        callers
            .line(context)
            .ask(
                "cluster",
                fields.toJson(),
                ClientFrame.Cluster.class,
                ServerFrame.ClusterState.class,
                Requests.language(context)));
  }

  void transfer(Context context) {
    Map<String, @Nullable Object> body = Requests.object(context);
    callers.check(context, Action.ADMINISTER);
    Object node = body.get("node");
    JsonObject fields =
        new JsonObject()
            .put("action", "transfer")
            .put("node", node == null ? another(context, status(context)) : node);
    Requests.answer(context, OK, Groups.json(ask(context, fields)));
  }

  /** The server that is least behind of those that do not lead. */
  private static String another(Context context, ServerFrame.ClusterState group) {
    ServerView best = null;
    for (ServerView server : group.servers()) {
      boolean may = !server.node().equals(group.leader());
      if (may && (best == null || server.committed() > best.committed())) {
        best = server;
      }
    }
    if (best == null) {
      throw Problems.invalid(Requests.language(context), "node", "invalid.missing");
    }
    return best.node();
  }

  void kill(Context context) {
    onStage(context).kill(context.pathParam("node"));
    Requests.answer(context, ACCEPTED, new JsonObject().put("node", context.pathParam("node")));
  }

  void start(Context context) {
    onStage(context).start(context.pathParam("node"));
    Requests.answer(context, ACCEPTED, new JsonObject().put("node", context.pathParam("node")));
  }

  private Stage onStage(Context context) {
    Locale language = Requests.language(context);
    String node = context.pathParam("node");
    // Servers are brought back when too few are there to agree on anything.
    callers.checkEvenAlone(context, Action.ADMINISTER);
    if (stage == null || !stage.nodes().contains(node)) {
      throw new ApiException(
          language, Problem.of(null, ErrorCode.UNKNOWN_TARGET, "unknown_target", node));
    }
    return stage;
  }
}
