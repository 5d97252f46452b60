package mutirao.raft.version;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mutirao.raft.group.Forwarder;
import mutirao.raft.group.Membership;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the other servers of the group answer, and of which versions they are. Each asks all
 * others before it takes part and goes on asking them; where a majority does not go together with
 * this server it stops. Thread-safe.
 */
public final class Acquaintance implements Membership.Others {
  private static final Logger LOG = LoggerFactory.getLogger(Acquaintance.class);

  private static final long ANSWER_WITHIN_MS = 1000;
  private static final long ASK_AGAIN_MS = 1000;

  /** A newcomer that was told of its group a moment ago is still making itself ready. */
  private static final long NEWCOMER_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);

  private static final long NEWCOMER_AGAIN_MS = 50;

  private final String self;
  private final Versions own;
  private final Forwarder forwarder;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final Map<String, Versions> known = new ConcurrentHashMap<>();

  private final Map<String, Contact> contacts = new ConcurrentHashMap<>();

  /** Of the server {@code self}, which asks by way of {@code forwarder}. */
  public Acquaintance(String self, Versions own, Forwarder forwarder) {
    this.self = self;
    this.own = own;
    this.forwarder = forwarder;
  }

  /**
   * What came of asking a server last.
   *
   * @param heardNs when it answered last; where it never did, when it was asked first
   * @param sinceNs since when it has answered, or not
   */
  private record Contact(boolean answers, long heardNs, long sinceNs) {
    /** After it was asked once more. */
    static Contact next(@Nullable Contact before, boolean answers) {
      long nowNs = System.nanoTime();
      return new Contact(
          answers,
          before == null || answers ? nowNs : before.heardNs(),
          before != null && before.answers() == answers ? before.sinceNs() : nowNs);
    }
  }

  /** The group as a server that takes part in it sees it. */
  public interface Group {
    /** Which it is; null: none yet. */
    @Nullable RaftGroupId id();

    /** Its members now. */
    Collection<RaftPeer> peers() throws IOException;

    /** Whether this server leads. */
    boolean leads();

    /** Puts a record into the log. */
    void write(RulesMark mark);
  }

  /**
   * Asks all that answer, before this server takes part.
   *
   * @throws OtherVersionException where one of them does not go together with this one
   */
  public void meet(RaftGroupId group, Collection<RaftPeer> peers) throws OtherVersionException {
    forwarder.know(peers);
    List<CompletableFuture<Void>> asked =
        peers.stream().filter(this::isOther).map(peer -> ask(group, peer)).toList();
    asked.forEach(CompletableFuture::join);
    for (Map.Entry<String, Versions> one : known.entrySet()) {
      refuse(one.getKey(), one.getValue());
    }
  }

  /**
   * Asks a server that was told of its group just now, and does not take part in it yet.
   *
   * @throws OtherVersionException where it does not go together with this one
   */
  @Override
  public void meetNewcomer(RaftGroupId group, RaftPeer newcomer) throws IOException {
    String node = newcomer.getId().toString();
    known.remove(node);
    long endNs = System.nanoTime() + NEWCOMER_WITHIN_NS;
    while (!known.containsKey(node) && System.nanoTime() < endNs) {
      ask(group, newcomer).join();
      try {
        TimeUnit.MILLISECONDS.sleep(known.containsKey(node) ? 0 : NEWCOMER_AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    Versions other = known.get(node);
    if (other == null) {
      throw new IOException(node + " does not say of which version it is");
    }
    if (!other.equals(own)) {
      known.remove(node);
      // From where the newcomer stands: it is the one that does not fit.
      throw OtherVersionException.ofNewcomer(
          OtherVersionException.of(
              /* self= */ node, /* own= */ other, /* node= */ self, /* other= */ own));
    }
  }

  @Override
  public @Nullable Long silentMs(String node) {
    Contact contact = contacts.get(node);
    if (contact == null) {
      return null;
    }
    return contact.answers() ? 0 : msSince(contact.heardNs());
  }

  @Override
  public long answeringMs(String node) {
    Contact contact = contacts.get(node);
    return contact == null || !contact.answers() ? 0 : msSince(contact.sinceNs());
  }

  private static long msSince(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
  }

  private boolean answers(String node) {
    Contact contact = contacts.get(node);
    return contact != null && contact.answers();
  }

  private void refuse(String node, Versions other) throws OtherVersionException {
    if (!other.equals(own)) {
      throw OtherVersionException.of(self, own, node, other);
    }
  }

  private boolean isOther(RaftPeer peer) {
    return !peer.getId().toString().equals(self);
  }

  /** Done, in any case, when it has answered or does not. */
  private CompletableFuture<Void> ask(RaftGroupId group, RaftPeer peer) {
    String node = peer.getId().toString();
    RaftClientRequest question =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(peer.getId())
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.EMPTY)
            // However little it has.
            .setType(RaftClientRequest.staleReadRequestType(-1))
            .build();
    return forwarder
        .send(question)
        .orTimeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .handle(
            (reply, failure) -> {
              Versions versions = failure == null ? versions(reply) : null;
              contacts.compute(node, (_, before) -> Contact.next(before, versions != null));
              if (versions == null) {
                LOG.debug("{} does not say of which version it is", node, failure);
              } else {
                known.put(node, versions);
              }
              return null;
            });
  }

  private static @Nullable Versions versions(RaftClientReply reply) {
    return reply.isSuccess() && reply.getMessage() != null
        ? Versions.of(reply.getMessage().getContent().asReadOnlyByteBuffer())
        : null;
  }

  /**
   * Goes on asking: who is silent must be known here, too, where nobody leads. Marks the log, where
   * this server leads and the log has other rules.
   *
   * @param helper runs it until that is shut down
   * @param onFault told where this server must not go on
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Until the helper is shut down.
  public void watch(
      ScheduledExecutorService helper, Group group, RulesMark mark, Consumer<Throwable> onFault) {
    helper.scheduleWithFixedDelay(
        () -> look(helper, group, mark, onFault), 0, ASK_AGAIN_MS, TimeUnit.MILLISECONDS);
  }

  private void look(
      ScheduledExecutorService helper, Group group, RulesMark mark, Consumer<Throwable> onFault) {
    RaftGroupId id = group.id();
    if (id == null) {
      return;
    }
    try {
      Collection<RaftPeer> others = group.peers().stream().filter(this::isOther).toList();
      // The log may name them before Ratis tells that the group is another one.
      forwarder.know(others);
      CompletableFuture<?>[] asked =
          others.stream().map(peer -> ask(id, peer)).toArray(CompletableFuture[]::new);
      var _ =
          CompletableFuture.allOf(asked)
              .thenRunAsync(() -> judge(others, group, mark, onFault), helper);
    } catch (IOException | RejectedExecutionException e) {
      LOG.debug("no group to look at", e);
    }
  }

  private void judge(
      Collection<RaftPeer> others, Group group, RulesMark mark, Consumer<Throwable> onFault) {
    int members = others.size() + 1;
    int same = 1;
    int different = 0;
    OtherVersionException why = null;
    boolean isLater = false;
    for (RaftPeer peer : others) {
      String node = peer.getId().toString();
      Versions versions = known.get(node);
      if (own.equals(versions)) {
        same++;
      } else if (versions != null && answers(node)) {
        different++;
        isLater |= own.isLaterThan(versions);
        why = OtherVersionException.of(self, own, node, versions);
      }
    }
    if (why != null && makesWay(members, same, different, isLater)) {
      onFault.accept(why);
    } else if (group.leads() && !mark.isOwn()) {
      group.write(mark);
    }
  }

  /**
   * Whether a server ends for the others' sake: those that are fewer do, and where nobody is known
   * to be more than half, whoever is of a later version.
   *
   * @param members how many there are
   * @param same how many are known to go together with this one, itself included
   * @param different how many are known not to; at least one
   */
  static boolean makesWay(int members, int same, int different, boolean isLater) {
    return 2 * different > members || (2 * same <= members && isLater);
  }
}
