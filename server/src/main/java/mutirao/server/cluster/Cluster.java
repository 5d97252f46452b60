package mutirao.server.cluster;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
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
