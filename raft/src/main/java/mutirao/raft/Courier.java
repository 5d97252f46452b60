package mutirao.raft;

import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mutirao.raft.group.Entrance;
import mutirao.raft.group.Forwarder;
import mutirao.raft.group.Member;
import mutirao.raft.group.Membership;
import mutirao.raft.parts.Beginning;
import mutirao.raft.parts.Lines;
import mutirao.raft.version.Acquaintance;
import mutirao.raft.version.RulesMark;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests to whoever leads: this server or another. Each is tried once. Thread-safe. */
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** Longer than an election among servers that are well. */
  private static final long BEGUN_WITHIN_MS = 1000;

  private static final long ASK_AGAIN_MS = 10;

  private final RaftServer server;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final Beginning beginning = new Beginning();
  private final @Nullable Forwarder forwarder;
  private final @Nullable Acquaintance acquaintance;
  private final @Nullable Member self;
  private volatile @Nullable Membership membership;

  /**
   * A courier for {@code server}.
   *
   * @param properties how to talk to the others; null: there are none
   * @param options say where others reach this server, and how connections are encrypted
   */
  Courier(RaftServer server, @Nullable RaftProperties properties, RatisOptions options) {
    this.server = server;
    this.self = options.self();
    this.forwarder = properties == null ? null : new Forwarder(client, properties, options.tls());
    this.acquaintance =
        forwarder == null ? null : new Acquaintance(options.node(), options.versions(), forwarder);
  }

  /** Puts bytes into the log, whether or not they are there already. */
  CompletableFuture<RaftClientReply> write(ByteString bytes) {
    return write(bytes, () -> {});
  }

  /** Puts a batch into the log. */
  CompletableFuture<RaftClientReply> write(Flight flight) {
    return write(flight.bytes(), flight::left);
  }

  private CompletableFuture<RaftClientReply> write(ByteString bytes, Runnable onSent) {
    RaftServer.Division division = division();
    if (division == null) {
      return CompletableFuture.failedFuture(new IOException("in no group yet"));
    }
    DivisionInfo info = division.getInfo();
    if (forwarder == null || info.isLeader()) {
      onSent.run();
      return submit(
          division, request(division, server.getId(), RaftClientRequest.writeRequestType(), bytes));
    }
    RaftPeerId leader = info.getLeaderId();
    if (leader == null || leader.equals(server.getId())) {
      return CompletableFuture.failedFuture(new IOException("no server leads now"));
    }
    long applied = division.getStateMachine().getLastAppliedTermIndex().getTerm();
    if (beginning.isAwaited(info.getCurrentTerm(), applied, System.nanoTime())) {
      return CompletableFuture.failedFuture(new IOException(leader + " has yet to begin"));
    }
    onSent.run();
    return forwarder.send(request(division, leader, RaftClientRequest.writeRequestType(), bytes));
  }

  /** Done when everything that was committed anywhere before has taken effect here. */
  CompletableFuture<RaftClientReply> read() {
    RaftServer.Division division = division();
    if (division == null) {
      return CompletableFuture.failedFuture(new IOException("in no group yet"));
    }
    if (division.getInfo().isLeader() && !division.getInfo().isLeaderReady()) {
      // The only member of a group is answered at once, before it knows what was committed.
      return CompletableFuture.failedFuture(new IOException("does not know everything yet"));
    }
    return submit(
        division,
        request(division, server.getId(), RaftClientRequest.readRequestType(), ByteString.EMPTY));
  }

  /**
   * Waits until everything that was committed anywhere has taken effect here.
   *
   * @return false where it had not after {@code withinMs}
   */
  boolean upToDate(long withinMs) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    long leftNs = endNs - System.nanoTime();
    while (leftNs > 0) {
      try {
        if (read().get(leftNs, TimeUnit.NANOSECONDS).isSuccess()) {
          return true;
        }
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("not yet", e);
      }
      TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MS);
      leftNs = endNs - System.nanoTime();
    }
    return false;
  }

  private RaftClientRequest request(
      RaftServer.Division division, RaftPeerId to, RaftClientRequest.Type type, ByteString bytes) {
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(to)
        .setGroupId(division.getGroup().getGroupId())
        .setCallId(calls.incrementAndGet())
        .setMessage(Message.valueOf(bytes))
        .setType(type)
        .build();
  }

  private CompletableFuture<RaftClientReply> submit(
      RaftServer.Division division, RaftClientRequest request) {
    try {
      // A division takes it on this thread; the server hands it to another one and waits for that.
      return division instanceof RaftClientAsynchronousProtocol here
          ? here.submitClientRequestAsync(request)
          : server.submitClientRequestAsync(request);
    } catch (IOException | CompletionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private RaftServer.@Nullable Division division() {
    try {
      Iterator<RaftGroupId> groups = server.getGroupIds().iterator();
      return groups.hasNext() ? server.getDivision(groups.next()) : null;
    } catch (IOException e) {
      LOG.debug("no group to talk to", e);
      return null;
    }
  }

  /** The group this server is in; null: none yet. */
  @Nullable UUID groupId() {
    RaftServer.Division division = division();
    return division == null ? null : division.getGroup().getGroupId().getUuid();
  }

  /** Whether this server tries to be elected. */
  boolean votes() {
    RaftServer.Division division = division();
    return division != null && division.getInfo().isCandidate();
  }

  /** Whether there is a log that has ended; nothing begins it again. */
  boolean ended() {
    RaftServer.Division division = division();
    return division != null && !division.getInfo().isAlive();
  }

  /** Whether it is known here that some server leads. */
  boolean led() {
    RaftServer.Division division = division();
    return division != null && division.getInfo().getLeaderId() != null;
  }

  boolean leads() {
    RaftServer.Division division = division();
    return division != null && division.getInfo().isLeaderReady();
  }

  /**
   * Lets a server that began in no group, and does not wait to be added, into the one it is said to
   * be of: now, or as soon as it may.
   */
  void enter(RatisOptions options, ScheduledExecutorService helper, Consumer<Throwable> onFault)
      throws IOException, InterruptedException {
    if (forwarder != null && self != null && !options.joins() && division() == null) {
      new Entrance(server, forwarder, Grouping.of(options, null), self)
          .enter(helper, this::regrouped, onFault);
    }
  }

  /** The group with others, to be seen and changed; null: in none (yet). */
  @Nullable Membership membership() {
    Membership known = membership;
    RaftServer.Division division = known == null ? division() : null;
    if (division != null && forwarder != null && acquaintance != null) {
      RaftGroupId id = division.getGroup().getGroupId();
      known = new Membership(server, id, forwarder, acquaintance, self);
      membership = known;
    }
    return known;
  }

  /**
   * Watches of which versions the others are, and by which rules the log is applied; keeps the
   * lines to them open.
   */
  void watchOthers(ScheduledExecutorService helper, RulesMark mark, Consumer<Throwable> onFault) {
    if (acquaintance != null) {
      acquaintance.watch(helper, new Kin(), mark, onFault);
      new Lines(server).keepOpen(helper);
    }
  }

  private final class Kin implements Acquaintance.Group {
    @Override
    public @Nullable RaftGroupId id() {
      RaftServer.Division division = division();
      return division == null ? null : division.getGroup().getGroupId();
    }

    @Override
    public Collection<RaftPeer> peers() throws IOException {
      Membership members = membership();
      return members == null ? List.of() : members.peers();
    }

    @Override
    public boolean leads() {
      return Courier.this.leads();
    }

    @Override
    public void write(RulesMark mark) {
      var _ = Courier.this.write(mark.record());
    }
  }

  /** Learns where the members are now. */
  void regrouped() {
    Membership members = membership();
    if (members != null && forwarder != null) {
      RatisSettings.takePart(server.getProperties());
      try {
        forwarder.know(members.peers());
      } catch (IOException e) {
        LOG.debug("no group to look at", e);
      }
    }
  }

  /** The members that do not answer this server, for people. */
  String silent() {
    Membership members = membership();
    try {
      List<String> silent = members == null ? List.of() : members.silent();
      return silent.isEmpty() ? "nobody" : String.join(", ", silent);
    } catch (IOException e) {
      return "nobody, because there is no group: " + e.getMessage();
    }
  }

  /**
   * Tells the group where the leader, this server, is reached, where the group has it otherwise.
   */
  void correct() {
    Membership members = membership();
    if (members == null || self == null) {
      return;
    }
    try {
      for (RaftPeer peer : members.peers()) {
        boolean moved =
            peer.getId().toString().equals(self.node())
                && !self.address().equals(peer.getAddress());
        if (moved) {
          members.add(self);
        }
      }
    } catch (IOException e) {
      LOG.warn("the group does not know that {} is at {}", self.node(), self.address(), e);
    }
  }

  /** Makes this server lead; blocks until it does. */
  void lead() throws IOException {
    Membership members = membership();
    if (members != null && self != null) {
      members.transfer(self.node());
    }
  }

  /**
   * Lets another member lead, where this one does, and stays until that one has begun: its first
   * entries need a majority, to which this server still belongs.
   */
  void handOver() throws IOException {
    Membership members = membership();
    if (members == null || !members.handOver()) {
      return;
    }
    try {
      if (!upToDate(BEGUN_WITHIN_MS)) {
        LOG.debug("not begun yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (forwarder != null) {
      forwarder.close();
    }
  }
}
