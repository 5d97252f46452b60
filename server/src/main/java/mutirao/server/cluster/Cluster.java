package mutirao.server.cluster;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.raft.group.Membership;
import org.jspecify.annotations.Nullable;

/** The servers of the group, to be seen and changed. */
public interface Cluster {
  /** What came of a question or a change. */
  sealed interface Answer {

    /** The group as it is now. */
    record Group(ServerFrame.ClusterState state) implements Answer {}

    /** Nothing came of it; {@code why} is for people who run servers. */
    record Refused(String why) implements Answer {}
  }

  /**
   * Sees to it; {@code then} is called on the thread that asks, at once or later.
   *
   * @param ref what the answer refers to
   */
  void handle(ClientFrame.Cluster asked, @Nullable RawJson ref, Consumer<Answer> then);

  /**
   * Why a request was not confirmed, as far as the group tells: how many of its servers are in
   * touch, where those are too few. Who they are, strangers are not told. {@code then} is called as
   * by {@link #handle}.
   *
   * @param ref what the answer refers to
   */
  default void explain(@Nullable RawJson ref, Consumer<Problem> then) {
    handle(
        new ClientFrame.Cluster(ref, ClientFrame.ClusterAction.STATUS, null, null),
        ref,
        answer -> then.accept(unconfirmed(ref, answer)));
  }

  private static Problem unconfirmed(@Nullable RawJson ref, Answer answer) {
    if (answer instanceof Answer.Group(ServerFrame.ClusterState state)) {
      int all = state.servers().size();
      long heard = state.servers().stream().filter(Cluster::heard).count();
      int needed = all / 2 + 1;
      if (heard < needed) {
        return Problem.of(ref, ErrorCode.UNAVAILABLE, "unavailable.too_few", heard, all, needed);
      }
    }
    return Problem.of(ref, ErrorCode.UNAVAILABLE, "unavailable");
  }

  private static boolean heard(ServerView server) {
    Long silentMs = server.silentMs();
    return silentMs == null || silentMs <= Membership.HEARD_MS;
  }

  /** A server for itself. */
  static Cluster alone(String node, LongSupplier committed) {
    return (asked, ref, then) ->
        then.accept(
            asked.action() == ClientFrame.ClusterAction.STATUS
                ? new Answer.Group(
                    new ServerFrame.ClusterState(
                        ref,
                        node,
                        node,
                        0,
                        List.of(new ServerView(node, null, committed.getAsLong(), 0L))))
                : new Answer.Refused("this server is for itself; start it with --cluster"));
  }
}
