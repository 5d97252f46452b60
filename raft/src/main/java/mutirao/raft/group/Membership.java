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
import mutirao.raft.parts.Silence;
import mutirao.raft.parts.Successor;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.AlreadyExistsException;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in the group: to see, and to change one at a time. Changes block; thread-safe. */
public final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /** How long another server may take to become the leader. */
  private static final long TRANSFER_WITHIN_MS = 3000;

  /** A server counts as heard for so long: three elections. */
  public static final long HEARD_MS = 3000;

  private static final long PERSIST_SECONDS = 20;
  private static final long PAUSE_MS = 50;

  private final RaftServer server;
  private final RaftGroupId group;
  private final Forwarder forwarder;
  private final Others others;
  private final @Nullable Member self;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /** The other servers, asked by this one itself. Thread-safe. */
  public interface Others {
    /** Asks a newcomer whether it can work with the others; fails, with words, where it cannot. */
    void meetNewcomer(RaftGroupId group, RaftPeer newcomer) throws IOException;

    /** For how long a server has not answered; null: it was never asked. */
    @Nullable Long silentMs(String node);

    /** For how long a server has answered without a break; 0: it does not. */
    long answeringMs(String node);
  }

  /**
   * The members of {@code group}, as {@code server} knows them.
   *
   * @param self where this server is reached, which its log may have otherwise; null: as in the log
   */
  public Membership(
      RaftServer server,
      RaftGroupId group,
      Forwarder forwarder,
      Others others,
      @Nullable Member self) {
    this.others = others;
    this.server = server;
    this.group = group;
    this.forwarder = forwarder;
    this.self = self;
  }

  /**
   * The group as it looks from here. How long each is silent, the leader is asked; where none
   * answers, this server has asked them itself.
   */
  public GroupView view() throws IOException {
    RaftServer.Division division = server.getDivision(group);
    RaftPeerId leader = division.getInfo().getLeaderId();
    Collection<CommitInfoProto> commits = division.getCommitInfos();
    RoleInfoProto leading = Silence.leading(division);
    GroupInfoReply told = leading == null ? toldBy(leader) : null;
    if (told != null && told.getRoleInfoProto().hasLeaderInfo()) {
      commits = told.getCommitInfos();
      leading = told.getRoleInfoProto();
    }
    Map<String, Long> silent = leading == null ? null : Silence.known(leading, others::silentMs);
    Map<String, Long> committed = new HashMap<>();
    for (CommitInfoProto info : commits) {
      committed.put(info.getServer().getId().toStringUtf8(), info.getCommitIndex());
    }
    List<GroupView.Seat> seats = new ArrayList<>();
    for (RaftPeer peer : peers(division)) {
      String node = peer.getId().toString();
      RaftPeerId asked = silent == null ? server.getId() : leader;
      Long silentMs = Long.valueOf(0);
      if (!peer.getId().equals(asked)) {
        silentMs = silent == null ? others.silentMs(node) : silent.get(node);
      }
      String address = peer.getAddress() == null ? "" : peer.getAddress();
      seats.add(new GroupView.Seat(node, address, committed.getOrDefault(node, -1L), silentMs));
    }
    seats.sort(Comparator.comparing(GroupView.Seat::node));
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
    RoleInfoProto leading = Silence.leading(server.getDivision(group));
    if (leading == null) {
      return null;
    }
    Map<String, Long> silent = Silence.counted(leading);
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

  /** The others that do not answer this server, each with for how long; for people. */
  public List<String> silent() throws IOException {
    List<String> silent = new ArrayList<>();
    for (RaftPeer peer : peers()) {
      String node = peer.getId().toString();
      Long silentMs = others.silentMs(node);
      if (silentMs != null && silentMs > HEARD_MS) {
        silent.add(node + " for " + silentMs + " ms");
      }
    }
    silent.sort(Comparator.naturalOrder());
    return silent;
  }

  /** What the leader knows of the others; null where it cannot be asked. */
  private @Nullable GroupInfoReply toldBy(@Nullable RaftPeerId leader) throws IOException {
    if (leader == null || leader.equals(server.getId())) {
      return null;
    }
    forwarder.know(peers());
    try {
      GroupInfoRequest request =
          new GroupInfoRequest(client, leader, group, calls.incrementAndGet());
      return forwarder.askSoon(request) instanceof GroupInfoReply reply ? reply : null;
    } catch (IOException e) {
      LOG.debug("{} leads and does not answer", leader, e);
      return null;
    }
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
    RaftPeer added = of(member);
    List<RaftPeer> before = without(member.node());
    boolean known = before.size() < peers().size();
    forwarder.know(List.of(added));
    if (!known) {
      List<RaftPeer> after = new ArrayList<>(before);
      after.add(added);
      RaftGroup whole = RaftGroup.valueOf(group, after);
      tell(whole, added);
      meet(added);
    }
    configure(
        () -> {
          List<RaftPeer> peers = without(member.node());
          peers.add(added);
          return peers;
        });
  }

  /** The newcomer may know already, where this was tried before. */
  private void tell(RaftGroup whole, RaftPeer newcomer) throws IOException {
    try {
      check(
          forwarder.ask(
              GroupManagementRequest.newAdd(
                  client, newcomer.getId(), calls.incrementAndGet(), whole, false)));
    } catch (AlreadyExistsException e) {
      LOG.debug("{} was told before", newcomer, e);
    }
  }

  /** A newcomer that cannot work with the others is told so before it takes part. */
  private void meet(RaftPeer added) throws IOException {
    try {
      others.meetNewcomer(group, added);
    } catch (IOException e) {
      try {
        forwarder.ask(
            GroupManagementRequest.newRemove(
                client, added.getId(), calls.incrementAndGet(), group, true, false));
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
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
    configure(() -> without(node));
  }

  private List<RaftPeer> without(String node) throws IOException {
    List<RaftPeer> peers = new ArrayList<>();
    for (RaftPeer peer : peers()) {
      if (!peer.getId().toString().equals(node)) {
        peers.add(self != null && peer.getId().toString().equals(self.node()) ? of(self) : peer);
      }
    }
    return peers;
  }

  private static RaftPeer of(Member member) {
    return RaftPeer.newBuilder().setId(member.node()).setAddress(member.address()).build();
  }

  /** Members to be, made anew of those that are there whenever the change is tried. */
  @FunctionalInterface
  private interface Wanted {
    List<RaftPeer> peers() throws IOException;
  }

  private synchronized void configure(Wanted wanted) throws IOException {
    persist(
        leader -> {
          Collection<RaftPeer> current = peers();
          // Ratis sees no change where only an address differs; the same priority for all means
          // nothing.
          int priority = 1 - current.iterator().next().getPriority();
          List<RaftPeer> peers =
              wanted.peers().stream()
                  .map(peer -> RaftPeer.newBuilder(peer).setPriority(priority).build())
                  .toList();
          SetConfigurationRequest.Arguments arguments =
              SetConfigurationRequest.Arguments.newBuilder()
                  // Two who change at once must not undo one another.
                  .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                  .setServersInCurrentConf(List.copyOf(current))
                  .setServersInNewConf(peers)
                  .build();
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
    persist(leader -> transfer(leader, node));
  }

  private RaftClientReply transfer(RaftPeerId leader, String node) throws IOException {
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
  }

  /**
   * Lets another member lead, where this one does and there is one that is heard. Tried once: where
   * all servers end together, nobody is there to take over.
   *
   * @return whether another one leads now
   */
  public boolean handOver() throws IOException {
    RaftServer.Division division = server.getDivision(group);
    RoleInfoProto leading = Silence.leading(division);
    if (leading == null) {
      return false;
    }
    Map<String, Long> silent = Silence.known(leading, others::silentMs);
    List<Successor.Candidate> heard = new ArrayList<>();
    for (CommitInfoProto info : division.getCommitInfos()) {
      String node = info.getServer().getId().toStringUtf8();
      boolean other = !node.equals(server.getId().toString());
      if (other && silent.getOrDefault(node, Long.MAX_VALUE) < TRANSFER_WITHIN_MS) {
        heard.add(new Successor.Candidate(node, info.getCommitIndex(), others.answeringMs(node)));
      }
    }
    String next = Successor.of(heard);
    if (next == null) {
      return false;
    }
    check(transfer(server.getId(), next));
    return true;
  }

  private RaftPeerId leader() throws IOException {
    RaftPeerId leader = server.getDivision(group).getInfo().getLeaderId();
    if (leader == null) {
      throw new IOException("no server leads now");
    }
    // Ratis may follow a leader whose joining it has not told of yet.
    forwarder.know(peers());
    return leader;
  }

  /** Throws what a server did not do. */
  public static void check(RaftClientReply reply) throws IOException {
    if (!reply.isSuccess()) {
      Throwable why = reply.getException();
      throw new IOException(why == null ? reply.toString() : String.valueOf(why.getMessage()), why);
    }
  }
}
