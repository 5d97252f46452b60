package mutirao.web.live;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.web.http.JsonObject;

/** A group of servers as JSON. */
public final class Groups {
  /** A server that was not heard for longer is taken for lost, as docs/protocol.md says. */
  private static final long SILENT_MS = 3000;

  private Groups() {}

  /** The group as the server that answers sees it. */
  public static JsonObject json(ServerFrame.ClusterState group) {
    long newest = 0;
    for (ServerView server : group.servers()) {
      newest = Math.max(newest, server.committed());
    }
    List<Object> servers = new ArrayList<>();
    for (ServerView server : group.servers()) {
      servers.add(
          new JsonObject()
              .put("node", server.node())
              .optional("address", server.address())
              .put("state", state(group, server))
              .optional("last_index", server.committed() < 0 ? null : server.committed())
              .optional("lag", server.committed() < 0 ? null : newest - server.committed())
              .optional("silent_ms", server.silentMs())
              .members());
    }
    return new JsonObject()
        .put("node", group.node())
        .put("leader", group.leader())
        .put("term", group.term())
        .put("servers", servers);
  }

  /** Whether it is taken for lost. */
  static boolean isLost(ServerView server) {
    Long silentMs = server.silentMs();
    return silentMs != null && silentMs > SILENT_MS;
  }

  private static String state(ServerFrame.ClusterState group, ServerView server) {
    if (isLost(server)) {
      return "unreachable";
    }
    return server.node().equals(group.leader()) ? "leader" : "follower";
  }
}
