package mutirao.raft.parts;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** For how long, in milliseconds, the others of a leader have not answered it: by name. */
public final class Silence {
  /** A leader begins to count a moment after it began to lead. */
  private static final long MOMENT_MS = 500;

  private Silence() {}

  /** What Ratis counted; null where the server does not lead and cannot tell. */
  public static @Nullable RoleInfoProto leading(RaftServer.Division division) {
    if (!division.getInfo().isLeaderReady()) {
      return null;
    }
    RoleInfoProto role = division.getInfo().getRoleInfoProto();
    return role.hasLeaderInfo() ? role : null;
  }

  /** Since it began to lead, at most. */
  public static Map<String, Long> counted(RoleInfoProto leader) {
    Map<String, Long> silent = new HashMap<>();
    for (ServerRpcProto follower : leader.getLeaderInfo().getFollowerInfoList()) {
      silent.put(follower.getId().getId().toStringUtf8(), follower.getLastRpcElapsedTimeMs());
    }
    return silent;
  }

  /**
   * The same for people: who was silent before the leader began to lead, and has not been heard by
   * it yet, has been silent for longer. Else a server that is dead would come back to life with
   * each election.
   *
   * @param asked for how long a server has not answered somebody else who asks; null: never asked
   */
  public static Map<String, Long> known(
      RoleInfoProto leader, Function<String, @Nullable Long> asked) {
    Map<String, Long> silent = counted(leader);
    silent.replaceAll(
        (node, ms) -> {
          Long before = asked.apply(node);
          boolean unheard = ms + MOMENT_MS >= leader.getRoleElapsedTimeMs();
          return unheard && before != null ? Math.max(ms, before) : ms;
        });
    return silent;
  }
}
