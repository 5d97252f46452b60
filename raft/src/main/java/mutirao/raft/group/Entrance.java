package mutirao.raft.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.LogInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.GroupListReply;
import org.apache.ratis.protocol.GroupListRequest;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server with an empty folder comes into the group that it is said to be of from the
 * beginning. Either it never was in it, or it was, and has lost what it promised; then its vote
 * could make entries that were confirmed be forgotten. So it is in no group, and neither votes nor
 * takes entries, until it is known which: until it is vouched for by a leader, or until a majority,
 * itself included, is as empty as it is. Why that is enough: decision 25.
 */
public final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private static final long ASK_AGAIN_MS = 100;

  /** Where a group is there, somebody leads it soon, and then the start can still be refused. */
  private static final long SOON_NS = TimeUnit.SECONDS.toNanos(5);

  private final RaftServer server;
  private final Forwarder forwarder;
  private final RaftGroup begun;
  private final Member self;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private boolean said;

  /** What asking all others came to. */
  private enum Step {
    /** This server is in the group. */
    IN,
    /** There is a group, and nobody in it can tell yet. */
    CONTESTED,
    /** Too few can be asked. */
    UNHEARD
  }

  /** What another server is. */
  private sealed interface Found {
    /** It does not answer. */
    record Silent() implements Found {}

    /** It has nothing that could be forgotten. */
    record Empty() implements Found {}

    /** It has a log, and cannot tell whether it has heard this server. */
    record Unsure(String node) implements Found {}

    /** It leads, and never heard this server. */
    record Vouching(RaftGroup group) implements Found {}
  }

  /**
   * The way into a group.
   *
   * @param server started, and in no group
   * @param begun the group as it is where nobody has begun it yet
   */
  public Entrance(RaftServer server, Forwarder forwarder, RaftGroup begun, Member self) {
    this.server = server;
    this.forwarder = forwarder;
    this.begun = begun;
    this.self = self;
  }

  /**
   * Enters the group, at once where that is possible, and else as soon as it is.
   *
   * @param helper where it goes on trying, until that is shut down
   * @param entered called when it is in after this has returned
   * @param onFault told where it must not enter, after this has returned
   * @throws EmptyFolderException where it must not enter
   */
  public void enter(ScheduledExecutorService helper, Runnable entered, Consumer<Throwable> onFault)
      throws IOException, InterruptedException {
    forwarder.know(begun.getPeers());
    long sinceNs = System.nanoTime();
    Step step = step();
    while (step == Step.CONTESTED && System.nanoTime() - sinceNs < SOON_NS) {
      TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MS);
      step = step();
    }
    if (step != Step.IN) {
      LOG.info("{} waits for others of its group", self.node());
      later(helper, entered, onFault);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It schedules itself until it is in.
  private void later(
      ScheduledExecutorService helper, Runnable entered, Consumer<Throwable> onFault) {
    try {
      helper.schedule(
          () -> {
            try {
              if (step() == Step.IN) {
                entered.run();
              } else {
                later(helper, entered, onFault);
              }
            } catch (IOException | RuntimeException e) {
              if (!helper.isShutdown()) {
                onFault.accept(e);
              }
            }
          },
          ASK_AGAIN_MS,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed already", e);
    }
  }

  private Step step() throws IOException {
    List<Found> found = new ArrayList<>();
    for (RaftPeer peer : begun.getPeers()) {
      if (!peer.getId().toString().equals(self.node())) {
        found.add(look(peer));
      }
    }
    String unsure = null;
    int empty = 1;
    for (Found each : found) {
      switch (each) {
        case Found.Vouching(RaftGroup group) -> {
          add(group);
          return Step.IN;
        }
        case Found.Unsure(String node) -> unsure = node;
        case Found.Empty _ -> empty++;
        case Found.Silent _ -> {}
      }
    }
    if (unsure != null) {
      say(unsure);
      return Step.CONTESTED;
    }
    if (2 * empty > begun.getPeers().size()) {
      add(begun);
      return Step.IN;
    }
    return Step.UNHEARD;
  }

  private void say(String node) {
    if (!said) {
      said = true;
      LOG.warn(
          "the folder of {} is empty, and {} has a log: until a server leads that can tell whether"
              + " {} was a member before, it takes no part",
          self.node(),
          node,
          self.node());
    }
  }

  private Found look(RaftPeer peer) throws EmptyFolderException {
    try {
      RaftClientReply reply =
          forwarder.askSoon(
              new GroupListRequest(
                  client, peer.getId(), begun.getGroupId(), calls.incrementAndGet()));
      if (!(reply instanceof GroupListReply list) || !list.isSuccess()) {
        return new Found.Silent();
      }
      for (RaftGroupId group : list.getGroupIds()) {
        Found found = look(peer, group);
        if (!(found instanceof Found.Empty)) {
          return found;
        }
      }
      return new Found.Empty();
    } catch (EmptyFolderException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} cannot be asked", peer, e);
      return new Found.Silent();
    }
  }

  private Found look(RaftPeer peer, RaftGroupId group) throws IOException {
    String node = peer.getId().toString();
    RaftClientReply reply =
        forwarder.askSoon(
            new GroupInfoRequest(client, peer.getId(), group, calls.incrementAndGet()));
    if (!(reply instanceof GroupInfoReply info) || !info.isSuccess()) {
      return new Found.Silent();
    }
    LogInfoProto log = info.getLogInfoProto();
    if (!log.hasLastEntry() && !log.hasLastSnapshot()) {
      return group.equals(begun.getGroupId()) ? new Found.Empty() : new Found.Unsure(node);
    }
    if (info.getGroup().getPeer(server.getId()) == null) {
      throw EmptyFolderException.ofStranger(self, node);
    }
    for (CommitInfoProto commit : info.getCommitInfos()) {
      boolean own = commit.getServer().getId().toStringUtf8().equals(self.node());
      if (own && commit.getCommitIndex() >= 0) {
        throw EmptyFolderException.ofMember(self);
      }
    }
    return vouches(info) ? new Found.Vouching(info.getGroup()) : new Found.Unsure(node);
  }

  /** Whether it leads, and something of its own term is safe: safe without this server. */
  private static boolean vouches(GroupInfoReply info) {
    LogInfoProto log = info.getLogInfoProto();
    return info.getRoleInfoProto().hasLeaderInfo()
        && log.hasCommitted()
        && log.getCommitted().getTerm() == info.getRoleInfoProto().getLeaderInfo().getTerm();
  }

  private void add(RaftGroup group) throws IOException {
    Membership.check(
        server.groupManagement(
            GroupManagementRequest.newAdd(
                client, server.getId(), calls.incrementAndGet(), group, false)));
  }
}
