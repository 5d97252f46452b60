package mutirao.server.cluster;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.raft.group.GroupView;
import mutirao.raft.group.Membership;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The group as the log knows it. What waits for other servers does so on threads of its own. */
public final class RatisCluster implements Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(RatisCluster.class);

  /** A change may take half a minute; more than a few at once are nobody's wish. */
  private static final int MAX_AT_ONCE = 16;

  private final Supplier<@Nullable Membership> membership;
  private final Consumer<Runnable> onOwner;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);

  /**
   * A cluster.
   *
   * @param membership the members; gives null while this server is in no group yet
   * @param onOwner runs something on the thread that asks
   */
  public RatisCluster(Supplier<@Nullable Membership> membership, Consumer<Runnable> onOwner) {
    this.membership = membership;
    this.onOwner = onOwner;
  }

  @Override
  public void handle(ClientFrame.Cluster asked, @Nullable RawJson ref, Consumer<Answer> then) {
    if (!free.tryAcquire()) {
      then.accept(new Answer.Refused("too many changes at once"));
      return;
    }
    Thread.ofVirtual()
        .name("mutirao-cluster")
        .start(
            () -> {
              Answer answer = answer(asked, ref);
              free.release();
              onOwner.accept(() -> then.accept(answer));
            });
  }

  private Answer answer(ClientFrame.Cluster asked, @Nullable RawJson ref) {
    Membership members = membership.get();
    if (members == null) {
      return new Answer.Refused(
          "this server is in no group yet: it waits to be added to one, or for the others of its"
              + " own");
    }
    try {
      String node = asked.node();
      switch (asked.action()) {
        case STATUS -> {}
        case ADD -> {
          String address = Objects.requireNonNull(asked.address());
          members.add(ClusterMember.of(Objects.requireNonNull(node), address).toMember());
        }
        case REMOVE -> members.remove(Objects.requireNonNull(node));
        case TRANSFER -> members.transfer(Objects.requireNonNull(node));
      }
      return new Answer.Group(state(ref, members.view()));
    } catch (IOException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused("no HOST:PORT: " + e.getMessage());
    } catch (RuntimeException e) {
      // Who asks must hear something, whatever Ratis stumbled over.
      LOG.error("the group could not be asked", e);
      return new Answer.Refused(e.toString());
    }
  }

  private static ServerFrame.ClusterState state(@Nullable RawJson ref, GroupView view) {
    return new ServerFrame.ClusterState(
        ref,
        view.node(),
        view.leader(),
        view.term(),
        view.members().stream()
            .map(
                seat ->
                    new ServerView(
                        seat.node(),
                        seat.address().isEmpty() ? null : seat.address(),
                        seat.committed(),
                        seat.silentMs()))
            .toList());
  }
}
