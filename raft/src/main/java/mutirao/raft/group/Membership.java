package mutirao.raft.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** Who is in the group: to see, and to change one at a time. Changes block; thread-safe. */
public final class Membership {
  /** How long another server may take to become the leader. */
  private static final long TRANSFER_WITHIN_MS = 3000;

  private static final long PERSIST_SECONDS = 20;
  private static final long PAUSE_MS = 50;

  private final RaftServer server;
  private final RaftGroupId group;
  private final Forwarder forwarder;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /** The members of {@code group}, as {@code server} knows them. */
  public Membership(RaftServer server, RaftGroupId group, Forwarder forwarder) {
    this.server = server;
    this.group = group;
    this.forwarder = forwarder;
  }

  /** The group as it looks from here. */
  public GroupView view() throws IOException {
    RaftServer.Division division = server.getDivision(group);
    Map<String, Long> committed = new HashMap<>();
    for (CommitInfoProto info : division.getCommitInfos()) {
      committed.put(info.getServer().getId().toStringUtf8(), info.getCommitIndex());
    }
    Map<String, Long> silent = silentMs(division);
    List<GroupView.Seat> seats = new ArrayList<>();
    for (RaftPeer peer : peers(division)) {
      String node = peer.getId().toString();
      boolean self = peer.getId().equals(server.getId());
      Long silentMs = silent == null ? null : self ? Long.valueOf(0) : silent.get(node);
      String address = peer.getAddress() == null ? "" : peer.getAddress();
      seats.add(new GroupView.Seat(node, address, committed.getOrDefault(node, -1L), silentMs));
    }
    seats.sort(Comparator.comparing(GroupView.Seat::node));
    RaftPeerId leader = division.getInfo().getLeaderId();
    return new GroupView(
        server.getId().toString(),
        leader == null ? null : leader.toString(),
        division.getInfo().getCurrentTerm(),
        seats);
  }

  /**
   * Those that were heard within {@code withinMs}, this server among them; null where it does not
   * lead and cannot tell.
   */
  public @Nullable Set<String> heard(long withinMs) throws IOException {
    Map<String, Long> silent = silentMs(server.getDivision(group));
    if (silent == null) {
      return null;
    }
    Set<String> heard = new HashSet<>();
    heard.add(server.getId().toString());
    silent.forEach(
        (node, ms) -> {
          if (ms <= withinMs) {
            heard.add(node);
          }
        });
    return heard;
  }

  private static @Nullable Map<String, Long> silentMs(RaftServer.Division division) {
    if (!division.getInfo().isLeaderReady()) {
      return null;
    }
    RoleInfoProto role = division.getInfo().getRoleInfoProto();
    if (!role.hasLeaderInfo()) {
      return null;
    }
    Map<String, Long> silent = new HashMap<>();
    for (ServerRpcProto follower : role.getLeaderInfo().getFollowerInfoList()) {
      silent.put(follower.getId().getId().toStringUtf8(), follower.getLastRpcElapsedTimeMs());
    }
    return silent;
  }

  /** The members' addresses and names, in no order. */
  public Collection<RaftPeer> peers() throws IOException {
    return peers(server.getDivision(group));
  }

  private static Collection<RaftPeer> peers(RaftServer.Division division) {
    return new ArrayList<>(division.getRaftConf().getCurrentPeers());
  }

  /** Takes in a server that waits for it, or gives a member another address. */
  public void add(Member member) throws IOException {
    RaftPeer added =
        RaftPeer.newBuilder().setId(member.node()).setAddress(member.address()).build();
    List<RaftPeer> peers = without(member.node());
    boolean known = peers.size() < peers().size();
    peers.add(added);
    forwarder.know(List.of(added));
    if (!known) {
      RaftGroup whole = RaftGroup.valueOf(group, peers);
      check(
          forwarder.ask(
              GroupManagementRequest.newAdd(
                  client, added.getId(), calls.incrementAndGet(), whole, false)));
    }
    configure(peers);
  }

  /** Lets a member go. */
  public void remove(String node) throws IOException {
    List<RaftPeer> left = without(node);
    if (left.size() == peers().size()) {
      throw new IOException("no member is named " + node);
    }
    if (left.isEmpty()) {
      throw new IOException(node + " is the only member");
    }
    RaftPeerId leader = server.getDivision(group).getInfo().getLeaderId();
    if (leader != null && leader.toString().equals(node)) {
      transfer(left.getFirst().getId().toString());
    }
    configure(left);
  }

  private List<RaftPeer> without(String node) throws IOException {
    List<RaftPeer> peers = new ArrayList<>(peers());
    peers.removeIf(peer -> peer.getId().toString().equals(node));
    return peers;
  }

  private void configure(List<RaftPeer> wanted) throws IOException {
    // Ratis takes no notice where only an address differs; the same priority for all means nothing.
    int priority = 1 - peers().iterator().next().getPriority();
    List<RaftPeer> peers =
        wanted.stream()
            .map(peer -> RaftPeer.newBuilder(peer).setPriority(priority).build())
            .toList();
    SetConfigurationRequest.Arguments arguments =
        SetConfigurationRequest.Arguments.newBuilder().setServersInNewConf(peers).build();
    persist(
        leader -> {
          SetConfigurationRequest request =
              new SetConfigurationRequest(
                  client, leader, group, calls.incrementAndGet(), arguments);
          return leader.equals(server.getId())
              ? server.setConfiguration(request)
              : forwarder.ask(request);
        });
  }

  /** Something only the leader can do. */
  @FunctionalInterface
  private interface Order {
    RaftClientReply give(RaftPeerId leader) throws IOException;
  }

  /** A busy group may elect another leader, or be at a change already: the order is given again. */
  private void persist(Order order) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PERSIST_SECONDS);
    while (true) {
      try {
        check(order.give(leader()));
        return;
      } catch (IOException e) {
        if (System.nanoTime() - endNs > 0 || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
      }
    }
  }

  /** Lets another member lead. */
  public void transfer(String node) throws IOException {
    if (peers().stream().noneMatch(peer -> peer.getId().toString().equals(node))) {
      throw new IOException("no member is named " + node);
    }
    persist(
        leader -> {
          TransferLeadershipRequest request =
              new TransferLeadershipRequest(
                  client,
                  leader,
                  group,
                  calls.incrementAndGet(),
                  RaftPeerId.valueOf(node),
                  TRANSFER_WITHIN_MS);
          return leader.equals(server.getId())
              ? server.transferLeadership(request)
              : forwarder.ask(request);
        });
  }

  /** Lets the member lead that has the most, where this one leads and there is another. */
  public void handOver() throws IOException {
    RaftServer.Division division = server.getDivision(group);
    if (!division.getInfo().isLeaderReady()) {
      return;
    }
    Map<String, Long> silent = silentMs(division);
    String best = null;
    long most = -1;
    for (CommitInfoProto info : division.getCommitInfos()) {
      String node = info.getServer().getId().toStringUtf8();
      boolean other = !node.equals(server.getId().toString());
      boolean heard =
          silent != null && silent.getOrDefault(node, Long.MAX_VALUE) < TRANSFER_WITHIN_MS;
      if (other && heard && info.getCommitIndex() > most) {
        best = node;
        most = info.getCommitIndex();
      }
    }
    if (best != null) {
      transfer(best);
    }
  }

  private RaftPeerId leader() throws IOException {
    RaftPeerId leader = server.getDivision(group).getInfo().getLeaderId();
    if (leader == null) {
      throw new IOException("no server leads now");
    }
    return leader;
  }

  private static void check(RaftClientReply reply) throws IOException {
    if (!reply.isSuccess()) {
      Throwable why = reply.getException();
      throw new IOException(why == null ? reply.toString() : String.valueOf(why.getMessage()), why);
    }
  }
}
