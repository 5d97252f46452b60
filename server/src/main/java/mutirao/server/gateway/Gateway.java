package mutirao.server.gateway;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import mutirao.core.Command;
import mutirao.core.LongMap;
import mutirao.core.Machine;
import mutirao.core.Origin;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.time.Deadline;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.view.Explanation;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Companions;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.explain.Explainer;
import mutirao.server.gateway.history.History;
import mutirao.server.gateway.history.Observer;
import mutirao.server.gateway.outbox.Debt;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the edges and the log of one server: who is connected, what they may do, what
 * they are told. Owned by one thread, which calls {@link #connect}, {@link Peer#receive}, {@link
 * Peer#disconnected} and {@link #tick} as things happen, and {@link #pump} after each turn of them.
 */
public final class Gateway {

  private static final int CONNECTIONS_A_MS_BITS = 16;

  /** What the server calls itself to its peers. */
  public static final String SERVER = "mutirao/1.0.0";

  /** Something to be read from the state in its turn. */
  @FunctionalInterface
  interface Reading {
    void read(State state);
  }

  private final ServerConfig config;
  private final Clock clock;
  private final Machine machine;
  private final Effects effects;
  private final Proposer proposer;
  private final History history;
  private final Companions companions;
  private final Outbound outbound = new Outbound(this);
  private final Inbound inbound;
  private final Views views;
  private final Explainer explainer = new Explainer();
  private final Ticker ticker;
  private final LongMap<Peer> peers = new LongMap<>();
  private final Set<Peer> peersInOrder = new LinkedHashSet<>();
  private final ArrayDeque<Peer> dirty = new ArrayDeque<>();
  private final Log log;
  private final Debt debt;
  private long connections;
  private boolean stopping;

  /** A gateway that keeps no history, of a server for itself. */
  public Gateway(ServerConfig config, Log log, Machine machine, Clock clock, Chance chance) {
    this(config, log, machine, clock, chance, Companions.none(config.node()));
  }

  /** A gateway over {@code log}, which is started here and closed by whoever made it. */
  public Gateway(
      ServerConfig config,
      Log log,
      Machine machine,
      Clock clock,
      Chance chance,
      Companions companions) {
    this.config = config;
    this.companions = companions;
    this.history = companions.history();
    this.debt = new Debt(config.maxOwedBytes());
    this.clock = clock;
    this.machine = machine;
    this.log = log;
    // Never a number of before a restart, whatever the state still knows.
    this.connections = clock.nowMs() << CONNECTIONS_A_MS_BITS;
    this.effects = new Effects(this, machine, history, outbound);
    this.proposer = new Proposer(log, clock, chance, effects);
    Registration registration = new Registration(this, chance, clock);
    this.inbound = new Inbound(this, registration, chance);
    this.views = new Views(config.node());
    this.ticker = new Ticker(this, config, log, registration);
    log.start(proposer);
    if (!log.behind()) {
      history.serving(state());
    }
    effects.replayed();
    effects.observe(explainer.departures());
    explainer.departures().begin(state());
    // Connections of before a restart are gone: whose they were may come back, from now on.
    // All of them, whatever their numbers: the clock may have been turned back. Nobody is served
    // yet, and this stays first in line.
    propose(new Command.LoseNode(config.node(), Long.MAX_VALUE));
    if (log.current()) {
      // A state that came from a group has connections to servers that this one will never hear.
      ticker.rollCall();
    }
  }

  /** The gateway's side of a new connection; it counts once it is {@link #welcome}. */
  public Peer connect(Transport transport) {
    Origin origin = new Origin(config.node(), ++connections);
    return new Peer(this, inbound, origin, transport, nowMs());
  }

  /** Counts a new connection in, or turns it away where there are too many. */
  public void welcome(Peer peer) {
    if (peers.size() >= config.maxConnections()) {
      peer.refuse(Problem.of(null, ErrorCode.OVERLOADED, "overloaded"));
      hangUp(peer);
    } else {
      peers.putIfAbsent(peer.origin().connection(), peer);
      peersInOrder.add(peer);
    }
  }

  /**
   * Lets everything that is proposed take its course, then hands what is owed to the transports.
   */
  public void pump() {
    proposer.pump();
    outbound.endTurn();
    for (Peer peer = dirty.pollFirst(); peer != null; peer = dirty.pollFirst()) {
      peer.flush();
    }
  }

  /** Does what is due by itself. Call {@link #pump} afterwards. */
  public void tick() {
    ticker.tick(nowMs());
  }

  /** When {@link #tick} next has something to do, epoch milliseconds. */
  public long nextTickMs() {
    long deadlineMs = nextDeadlineMs();
    if (deadlineMs == Deadline.NEVER || ticker.letsTimePass() || !log.leads()) {
      return ticker.nextLookMs();
    }
    long aheadMs = machineMs() - nowMs();
    return Math.min(deadlineMs - aheadMs, ticker.nextLookMs());
  }

  /**
   * Says goodbye to everybody and closes. Sessions are left to the log: the next start lets them
   * wait, so that the time until then is not taken from them.
   */
  public void shutDown() {
    stopping = true;
    for (Peer peer : List.copyOf(peersInOrder)) {
      peer.send(new ServerFrame.Bye(null, "shutdown"));
      hangUp(peer);
    }
    pump();
  }

  /** Makes the first admin where there are no users; call {@link #pump} afterwards. */
  public void makeFirstAdmin(Command.AddUser admin, Consumer<Reply> then) {
    proposer.propose(admin, then::accept);
  }

  /** Tells {@code observer} what happens from now on. */
  public void observe(Observer observer) {
    effects.observe(observer);
  }

  /** The gateway's questions and orders that come without a frame. */
  public Desk desk() {
    return new Desk(this);
  }

  /** The machine's state, to be read by the owning thread. */
  public State state() {
    return machine.state();
  }

  /** Connections now, registered or not. */
  public int connectionCount() {
    return peers.size();
  }

  ServerConfig config() {
    return config;
  }

  Companions companions() {
    return companions;
  }

  Debt debt() {
    return debt;
  }

  Views views() {
    return views;
  }

  long nowMs() {
    return clock.nowMs();
  }

  /** The machine's time now; servers of a group have one, whatever their clocks show. */
  long machineMs() {
    return log.timeMs(nowMs());
  }

  long nextDeadlineMs() {
    return machine.nextDeadlineMs();
  }

  Collection<Peer> peers() {
    return peersInOrder;
  }

  /** The peer that serves a session on this server; null where there is none. */
  @Nullable Peer peerOf(@Nullable Session session) {
    Origin origin = session == null ? null : session.origin();
    if (session == null || origin == null || !origin.node().equals(config.node())) {
      return null;
    }
    Peer peer = peers.get(origin.connection());
    // A connection may have been given two sessions, where the log lost the answer to the first.
    boolean serves = peer != null && peer.registered() && peer.session() == session.id();
    return serves ? peer : null;
  }

  boolean propose(Command command, Peer peer, @Nullable RawJson ref, Proposer.Replier replier) {
    boolean taken = proposer.propose(command, peer, ref, replier);
    if (taken) {
      peer.itemQueued();
    }
    return taken;
  }

  void propose(Command command) {
    proposer.propose(command);
  }

  /** A task as the wire shows it, without its result and error. */
  public ServerFrame.TaskView view(State state, Task task) {
    return views.task(state, task, false);
  }

  /** What {@code explain} adds to a task's state. */
  public Explanation explain(State state, Task task, Locale language) {
    return explainer.explain(state, task, language, machineMs());
  }

  /** Puts a command in line at its head. */
  void proposeFirst(Command command) {
    proposer.proposeFirst(command);
  }

  /** The connections, each of which may be gone by the next one's turn. */
  List<Peer> connected() {
    return List.copyOf(peersInOrder);
  }

  Effects effects() {
    return effects;
  }

  /** The same; {@code then} runs when it has taken effect. */
  void propose(Command command, Runnable then) {
    proposer.propose(command, then);
  }

  boolean read(Peer peer, Reading reading) {
    return read(peer, reading, _ -> reading.read(state()));
  }

  /** The same for what must not be told from a state that is behind. */
  boolean read(Peer peer, Reading reading, Proposer.Replier otherwise) {
    boolean taken = proposer.read(peer, () -> reading.read(state()), otherwise);
    if (taken) {
      peer.itemQueued();
    }
    return taken;
  }

  /** Workers are written to first: somebody waits for what they are about to do. */
  void dirty(Peer peer) {
    if (peer.role() == Role.WORKER) {
      dirty.addFirst(peer);
    } else {
      dirty.addLast(peer);
    }
  }

  /** Reads nothing more, and closes once everything that was asked before has been answered. */
  void hangUpInTurn(Peer peer) {
    peer.leaving();
    if (!read(peer, _ -> peer.whenSearched(() -> hangUp(peer)))) {
      hangUp(peer);
    }
  }

  /** Closes a connection in good order: what is owed is sent first. */
  void hangUp(Peer peer) {
    peer.closed();
    peer.outbox().seal();
    peer.transport().close();
  }

  /**
   * A peer does not read: it is told why if it ever looks, and loses its connection, not its
   * session.
   */
  void tooSlow(Peer peer) {
    if (peer.stage() != Peer.Stage.CLOSED) {
      Problem problem = Problem.of(null, ErrorCode.SLOW_CONSUMER, "slow_consumer");
      peer.outbox().replaceBy(Messages.error(peer.locale(), problem));
      peer.closed();
      peer.transport().close();
    }
  }

  /**
   * A session was given to a connection. Where that one is gone, or was told that nothing came of
   * it, the session is as broken as any other.
   */
  void given(long session, Origin origin) {
    if (origin.node().equals(config.node()) && peerOf(state().sessions().byId(session)) == null) {
      propose(new Command.DetachSession(session, origin));
    }
  }

  /** A session is over; who still serves it (its end was asked for elsewhere) serves nobody now. */
  void ended(long session, @Nullable Origin origin) {
    if (origin != null) {
      endOf(session, origin, "ended");
    }
  }

  private void endOf(long session, Origin origin, String reason) {
    Peer peer = origin.node().equals(config.node()) ? peers.get(origin.connection()) : null;
    if (peer != null && peer.registered() && peer.session() == session) {
      peer.send(new ServerFrame.Bye(null, reason));
      hangUp(peer);
    }
  }

  /**
   * A session was found broken. Where its connection stands all the same (this server was thought
   * lost), whoever is there has to come again.
   */
  void detached(long session, Origin origin) {
    endOf(session, origin, "lost");
  }

  /** Another connection took a session over. */
  void replaced(Origin origin) {
    Peer peer = origin.node().equals(config.node()) ? peers.get(origin.connection()) : null;
    if (peer != null) {
      peer.send(new ServerFrame.Bye(null, "resumed"));
      hangUp(peer);
    }
  }

  void disconnected(Peer peer) {
    boolean known = peersInOrder.remove(peer);
    peers.remove(peer.origin().connection());
    companions.backups().gone(peer.origin().connection());
    boolean somebody = peer.session() != 0;
    peer.closed();
    peer.outbox().cancelDebt();
    if (known && somebody && !stopping) {
      propose(new Command.DetachSession(peer.session(), peer.origin()));
    }
  }
}
