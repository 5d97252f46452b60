package mutirao.server.gateway;

import java.util.ArrayDeque;
import java.util.Locale;
import mutirao.core.Origin;
import mutirao.core.Refusal;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Frame;
import mutirao.protocol.Limits;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.out.ByteSink;
import mutirao.server.access.Principal;
import mutirao.server.gateway.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * One connection's side of the conversation: new, then registering, then registered, then closed.
 * Fed by the one thread that reads the connection; answered by the one thread that applies the log.
 */
public final class Peer implements FrameReader.Sink<ClientFrame> {

  /** How far the conversation has come. */
  enum Stage {
    NEW,
    /** The registration is in the log's hands; what comes meanwhile waits. */
    REGISTERING,
    REGISTERED,
    /** It said it leaves: nothing more is read, but what it asked for before is still answered. */
    LEAVING,
    /** Nothing is read or owed any more. */
    CLOSED
  }

  /** Searches of one peer at once: they take long, and others want to search, too. */
  private static final int MAX_SEARCHES = 4;

  /** Wrong passwords and tokens on one connection. */
  private static final int MAX_FAILED_LOGINS = 3;

  /** Frames that may wait for a registration: a script sends its whole text at once. */
  private static final int MAX_DEFERRED = 10_000;

  private final Origin origin;
  private final Transport transport;
  private final Outbox outbox;
  private final Inbound inbound;
  private final Gateway gateway;
  private final FrameReader<ClientFrame> reader;
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>(0);

  private volatile Stage stage = Stage.NEW;
  private volatile boolean dirty;
  private Locale locale = Locale.ENGLISH;
  private @Nullable Role role;
  private Principal principal = Principal.NOBODY;
  private int failedLogins;
  private long session;
  private boolean confirm;
  private boolean presence;
  private Outbound.@Nullable Run run;
  private int heardBytes;
  private int malformedInARow;
  private int unfinishedItems;
  private int searches;
  private @Nullable Runnable afterSearches;

  final long connectedAtMs;
  long heardAtMs;
  long pingedAtMs;
  boolean answersPings;

  /** When the frame began to arrive that has not arrived whole; 0: there is none. */
  long frameSinceMs;

  Peer(Gateway gateway, Inbound inbound, Origin origin, Transport transport, long nowMs) {
    this.gateway = gateway;
    this.inbound = inbound;
    this.origin = origin;
    this.transport = transport;
    this.outbox = new Outbox(gateway.config().maxUnsentBytes(), gateway.debt());
    this.reader = new FrameReader<>(FrameDecoder.client(), Limits.MAX_FRAME_BYTES_UNREGISTERED);
    this.connectedAtMs = nowMs;
    this.heardAtMs = nowMs;
  }

  /** What the other side sent, as it came from the socket. */
  public void receive(byte[] bytes, int offset, int length) {
    if (stage != Stage.CLOSED && stage != Stage.LEAVING) {
      reader.feed(bytes, offset, length, this);
      long sinceMs = frameSinceMs == 0 ? gateway.nowMs() : frameSinceMs;
      frameSinceMs = reader.unfinished() ? sinceMs : 0;
    }
  }

  /**
   * Nothing more will come, but the other side may still read: it gets its answers, then the
   * connection closes.
   */
  public void inputEnded() {
    inTurn(() -> gateway.hangUpInTurn(this));
  }

  /** The connection is gone. Repeatable. */
  public void disconnected() {
    gateway.disconnected(this);
  }

  /** A fault of ours: the other side is told so, and the connection closes. */
  public void failed() {
    turnAway(Problem.of(null, ErrorCode.INTERNAL, "internal"));
  }

  /** The other side is told this, and the connection closes. */
  public void turnAway(Problem why) {
    if (stage != Stage.CLOSED) {
      refuse(why);
      gateway.hangUp(this);
    }
  }

  /** What it is owed, for its transport. */
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public void frame(ClientFrame frame) {
    heard();
    malformedInARow = 0;
    answersPings |= frame instanceof ClientFrame.Pong || frame instanceof ClientFrame.Ping;
    if (stage == Stage.REGISTERED) {
      inbound.handle(this, frame);
    } else {
      inTurn(() -> inbound.handle(this, frame));
    }
  }

  @Override
  public void problem(Problem problem) {
    heard();
    inTurn(
        () -> {
          inbound.answer(this, problem);
          boolean lost =
              problem.code() == ErrorCode.MALFORMED
                  && Inbound.isLost(problem, ++malformedInARow, registered());
          if (lost || problem.code().closing()) {
            gateway.hangUpInTurn(this);
          }
        });
  }

  private void heard() {
    frameSinceMs = 0;
    heardAtMs = gateway.nowMs();
    pingedAtMs = 0;
  }

  private void inTurn(Runnable work) {
    switch (stage) {
      case NEW, REGISTERED -> work.run();
      case REGISTERING -> {
        if (deferred.size() < MAX_DEFERRED) {
          deferred.addLast(work);
        } else {
          turnAway(Problem.of(null, ErrorCode.OVERLOADED, "overloaded"));
        }
      }
      case LEAVING, CLOSED -> {}
    }
  }

  /** Owes the peer a frame. */
  void send(Frame frame) {
    catchUp();
    owe(outbox.add(frame));
  }

  /** Owes the peer a line that was encoded for many. */
  void send(byte[] line, int length) {
    catchUp();
    owe(outbox.add(line, 0, length));
  }

  /** Owes the peer the lines of {@code newRun} that follow. */
  void hear(Outbound.Run newRun) {
    run = newRun;
    heardBytes = newRun.text().size();
  }

  /** Whether lines that are added to {@code someRun} now are owed to it. */
  boolean hears(Outbound.Run someRun) {
    return run == someRun;
  }

  /** Lets it not hear what was added to its run last; it is up to date with what was before. */
  void passOver() {
    Outbound.Run current = run;
    if (current != null) {
      heardBytes = current.text().size();
    }
  }

  /** The run is over; {@code whole} is all of it, where that is worth sharing. */
  void hearOut(Outbox.@Nullable Shared whole) {
    if (run != null && whole != null && heardBytes == 0) {
      run = null;
      owe(outbox.add(whole));
    } else {
      catchUp();
      run = null;
    }
  }

  /** Owes it what its run has brought so far, so that it hears everything in its order. */
  private void catchUp() {
    Outbound.Run current = run;
    if (current != null) {
      ByteSink lines = current.text();
      int from = heardBytes;
      heardBytes = lines.size();
      if (heardBytes > from) {
        owe(outbox.add(lines.array(), from, heardBytes - from));
      }
    }
  }

  private void owe(boolean taken) {
    if (!taken) {
      run = null;
      gateway.tooSlow(this);
    } else if (!dirty) {
      dirty = true;
      gateway.dirty(this);
    }
  }

  /** Turns something down, in the peer's language. */
  void refuse(Problem problem) {
    send(Messages.error(locale, problem));
  }

  /** Turns something about one task down. */
  void refuse(String task, Problem problem) {
    send(Messages.error(locale, problem, task, null));
  }

  /** Passes on why the machine turned something down; {@code task} null where it is about none. */
  void refuse(Refusal refusal, @Nullable RawJson ref, @Nullable String task) {
    Problem problem = Refusals.problem(refusal, ref);
    Long retryAfterMs = refusal.retryAfterMs() > 0 ? refusal.retryAfterMs() : null;
    send(Messages.error(locale, problem, task, retryAfterMs));
  }

  void flush() {
    dirty = false;
    transport.flush();
  }

  Transport transport() {
    return transport;
  }

  Origin origin() {
    return origin;
  }

  Stage stage() {
    return stage;
  }

  Locale locale() {
    return locale;
  }

  @Nullable Role role() {
    return role;
  }

  /** Who it acts for; meaningless before registering. */
  public Principal principal() {
    return principal;
  }

  /** Its login failed; true where that was one time too many. */
  boolean loginFailed() {
    return ++failedLogins >= MAX_FAILED_LOGINS;
  }

  /** 0 before registering. */
  public long session() {
    return session;
  }

  boolean confirm() {
    return confirm;
  }

  boolean presence() {
    return presence;
  }

  /** Whether frames of its session go to it. */
  public boolean registered() {
    return stage == Stage.REGISTERED || stage == Stage.LEAVING;
  }

  /** What it is told from now on is in this language. */
  public void speak(Locale language) {
    locale = language;
  }

  void registering() {
    stage = Stage.REGISTERING;
  }

  void registered(
      long newSession, Role newRole, boolean confirms, boolean wantsPresence, Principal who) {
    principal = who;
    session = newSession;
    role = newRole;
    confirm = confirms;
    presence = wantsPresence;
    stage = Stage.REGISTERED;
    reader.maxFrameBytes(gateway.config().maxFrameBytes());
  }

  /** The registration was turned down; another may follow, unless the connection is gone. */
  void notRegistered() {
    if (stage == Stage.REGISTERING) {
      stage = Stage.NEW;
    }
  }

  /** Catches up on what came while registering. */
  void runDeferred() {
    while (stage != Stage.REGISTERING && !deferred.isEmpty()) {
      inTurn(deferred.removeFirst());
    }
  }

  void leaving() {
    stage = Stage.LEAVING;
  }

  void closed() {
    hearOut(null);
    stage = Stage.CLOSED;
  }

  /** Begins a search; false where it has too many already. */
  boolean beginSearch() {
    boolean taken = searches < MAX_SEARCHES;
    searches += taken ? 1 : 0;
    return taken;
  }

  void endSearch() {
    searches--;
    Runnable waiting = afterSearches;
    if (searches == 0 && waiting != null) {
      afterSearches = null;
      waiting.run();
    }
  }

  /**
   * Runs {@code work}, the last thing this peer wants, when its searches have been answered; until
   * then nothing more is read.
   */
  void whenSearched(Runnable work) {
    if (searches == 0) {
      work.run();
    } else {
      afterSearches = work;
      if (stage == Stage.REGISTERED) {
        leaving();
      }
    }
  }

  /** True where an answer given at once would overtake an earlier one. */
  boolean hasUnfinishedItems() {
    return unfinishedItems > 0;
  }

  void itemQueued() {
    unfinishedItems++;
  }

  void itemDone() {
    unfinishedItems--;
  }
}
