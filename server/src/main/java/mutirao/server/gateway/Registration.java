package mutirao.server.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.account.Grant;
import mutirao.core.account.Login;
import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.core.session.DirectMessage;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Secrets;
import mutirao.server.access.FailedLogins;
import mutirao.server.access.Logins;
import mutirao.server.access.Permissions;
import mutirao.server.access.Principal;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/** How a connection becomes somebody, or somebody again. */
final class Registration {
  /** The inbox's name among the rooms of {@code seen}. */
  private static final String INBOX = "@";

  /** What a message's frame holds besides its text and names, at most. */
  private static final int FRAME_BYTES = 128;

  /** Bytes of one char of a name, at most. */
  private static final int MAX_UTF8_BYTES = 3;

  private final Gateway gateway;
  private final Secrets secrets;
  private final FailedLogins failures;
  private final Logins logins;

  Registration(Gateway gateway, Chance chance, Clock clock) {
    this.gateway = gateway;
    this.secrets = new Secrets(chance);
    this.failures = new FailedLogins(gateway::propose);
    this.logins =
        new Logins(gateway.config().access(), gateway.companions().hashing(), clock, failures);
  }

  /** Puts on record what is due. */
  void tick(long nowMs) {
    failures.tick(nowMs);
  }

  /** Who shows something is looked at in a state that is not behind. */
  void register(Peer peer, ClientFrame.Register register) {
    String certificate = peer.transport().certificateName();
    Login known = peer.transport().login();
    if (known != null && !Logins.shown(register.credentials(), null)) {
      admitted(peer, register, known);
      return;
    }
    if (!Logins.shown(register.credentials(), certificate)) {
      identified(peer, register, logins.ofNothing(gateway.state()));
      return;
    }
    long waitMs = logins.waitMs(register.credentials(), peer.transport().remote());
    if (waitMs > 0) {
      turnAway(peer, register, new Refusal(Refusal.Code.OVERLOADED, null, null, waitMs));
      return;
    }
    peer.registering();
    boolean taken =
        gateway.read(
            peer,
            state ->
                logins.identify(
                    state,
                    register.credentials(),
                    certificate,
                    peer.transport().remote(),
                    result -> identified(peer, register, result)),
            reply -> {
              if (reply instanceof Refusal refusal) {
                turnAway(peer, register, refusal);
              }
            });
    if (!taken) {
      turnAway(peer, register, Refusals.LINE_FULL);
    }
  }

  private void identified(Peer peer, ClientFrame.Register register, Logins.Result result) {
    if (peer.stage() == Peer.Stage.CLOSED) {
      return;
    }
    switch (result) {
      case Logins.Result.Proven(Login login) -> admitted(peer, register, login);
      case Logins.Result.Wrong() -> turnAway(peer, register, "unauthorized");
      case Logins.Result.Missing() -> turnAway(peer, register, "unauthorized.missing");
      case Logins.Result.Busy(long retryAfterMs) ->
          turnAway(peer, register, new Refusal(Refusal.Code.OVERLOADED, null, null, retryAfterMs));
    }
  }

  private void admitted(Peer peer, ClientFrame.Register register, @Nullable Login login) {
    Principal who = principal(login);
    if (who == null) {
      turnAway(peer, register, "unauthorized");
      return;
    }
    Problem problem = peer.transport().forAnyRole() ? null : Permissions.refusal(who, register);
    if (problem != null) {
      peer.notRegistered();
      peer.refuse(problem);
      peer.runDeferred();
    } else if (register.resume() != null) {
      resume(peer, register, register.resume(), login);
    } else {
      open(peer, register, login);
    }
  }

  /** Null where the login opens nothing any more: that is nobody, not somebody without a login. */
  private @Nullable Principal principal(@Nullable Login login) {
    if (login == null || login.isNobodys()) {
      return Principal.NOBODY;
    }
    State state = gateway.state();
    Grant grant = state.accounts().grant(login, state.nowMs());
    return grant == null ? null : Principal.of(grant);
  }

  private void turnAway(Peer peer, ClientFrame.Register register, Refusal refusal) {
    peer.notRegistered();
    if (refusal.code() == Refusal.Code.UNAVAILABLE) {
      explain(peer, register, refusal);
    } else {
      peer.refuse(refusal, register.ref(), null);
      peer.runDeferred();
    }
  }

  /** Who is not in cannot ask for the group, and would take this server for dead. */
  private void explain(Peer peer, ClientFrame.Register register, Refusal refusal) {
    gateway
        .companions()
        .cluster()
        .explain(
            register.ref(),
            problem -> {
              if (peer.stage() != Peer.Stage.CLOSED) {
                peer.send(Messages.error(peer.locale(), problem, null, refusal.retryAfterMs()));
                peer.runDeferred();
              }
            });
  }

  /** What was shown opens nothing; a connection has three tries. */
  private void turnAway(Peer peer, ClientFrame.Register register, String key) {
    peer.notRegistered();
    peer.refuse(Problem.of(register.ref(), ErrorCode.UNAUTHORIZED, key));
    if (peer.loginFailed()) {
      gateway.hangUpInTurn(peer);
    } else {
      peer.runDeferred();
    }
  }

  /**
   * A secret that opens nothing (any more) is no reason to turn the client away: it becomes
   * somebody new.
   */
  private void resume(
      Peer peer, ClientFrame.Register register, String secret, @Nullable Login login) {
    propose(
        peer,
        register,
        new Command.ResumeSession(peer.origin(), Secrets.hash(secret), register.seen(), login),
        reply -> {
          if (reply instanceof Reply.Opened opened) {
            welcome(peer, register, opened, secret);
          } else if (reply instanceof Refusal refusal
              && refusal.code() == Refusal.Code.UNAVAILABLE) {
            // The old session may be there, or taken up: a new one would lose it.
            turnAway(peer, register, refusal);
          } else {
            peer.notRegistered();
            if (peer.stage() == Peer.Stage.NEW) {
              open(peer, register, login);
            }
          }
        });
  }

  private void open(Peer peer, ClientFrame.Register register, @Nullable Login login) {
    boolean worker = register.role() == Role.WORKER;
    List<String> operations = register.operations();
    if (worker && (operations == null || operations.isEmpty())) {
      peer.refuse(
          Problem.field(
              register.ref(), ErrorCode.INVALID, "operations", "invalid.operations_missing"));
      peer.notRegistered();
      peer.runDeferred();
      return;
    }
    String secret = secrets.create();
    Command command =
        new Command.OpenSession(
            peer.origin(),
            register.name(),
            core(Objects.requireNonNull(register.role())),
            worker && operations != null ? operations : List.of(),
            worker ? register.slots() : 0,
            register.confirm(),
            register.presence(),
            Secrets.hash(secret),
            login);
    propose(
        peer,
        register,
        command,
        reply -> {
          switch (reply) {
            case Reply.Opened opened -> welcome(peer, register, opened, secret);
            case Refusal refusal when refusal.code() == Refusal.Code.UNAUTHORIZED ->
                turnAway(peer, register, login == null ? "unauthorized.missing" : "unauthorized");
            case Refusal refusal -> turnAway(peer, register, refusal);
            case Reply.Done _, Reply.Posted _, Reply.Accepted _, Reply.Draining _ ->
                throw new IllegalStateException("a registration was answered with " + reply);
          }
        });
  }

  private void propose(
      Peer peer, ClientFrame.Register register, Command command, Proposer.Replier replier) {
    peer.registering();
    boolean taken = gateway.propose(command, peer, register.ref(), replier);
    if (!taken) {
      turnAway(peer, register, Refusals.LINE_FULL);
    }
  }

  private void welcome(
      Peer peer, ClientFrame.Register register, Reply.Opened opened, String secret) {
    State state = gateway.state();
    Session session = Objects.requireNonNull(state.sessions().byId(opened.session()));
    Role role = wire(session.role());
    if (peer.stage() == Peer.Stage.CLOSED) {
      // It hung up while the log was at work.
      return;
    }
    peer.registered(
        session.id(),
        role,
        session.confirm(),
        session.presence(),
        Objects.requireNonNull(principal(session.login())));
    peer.send(
        new ServerFrame.Registered(
            register.ref(),
            session.name(),
            role,
            TaskIds.encode(session.id()),
            secret,
            opened.resumed(),
            Gateway.SERVER,
            gateway.config().node(),
            gateway.config().maxFrameBytes(),
            gateway.config().heartbeatMs(),
            gateway.config().settings().resumeWindowMs(),
            newestSeqs(state, session)));
    if (session.presence()) {
      peer.send(gateway.views().clientList(state, null));
    }
    catchUp(peer, state, session, register.seen());
    if (opened.resumed()) {
      resendDirects(peer, session, register.seen());
    }
  }

  /**
   * How far the session's rooms have come: a client whose connection breaks at once can tell what
   * it missed since.
   */
  private static Map<String, Long> newestSeqs(State state, Session session) {
    Map<String, Long> newest = new LinkedHashMap<>();
    for (Room room : state.rooms().of(session.id())) {
      newest.put(room.name(), room.lastSeq());
    }
    return newest;
  }

  /**
   * What a client missed in its rooms. Never more than half of what it may leave unread: a client
   * that missed more would be cut off for not reading, each time it tried to come back. What does
   * not fit is a gap, as if it were kept no longer.
   */
  private void catchUp(Peer peer, State state, Session session, Map<String, Long> seen) {
    int mayTake = gateway.config().maxUnsentBytes() / 2;
    for (Map.Entry<String, Long> entry : seen.entrySet()) {
      Room room = INBOX.equals(entry.getKey()) ? null : state.rooms().byName(entry.getKey());
      long last = entry.getValue();
      if (room == null || !room.has(session.id()) || last >= room.lastSeq()) {
        continue;
      }
      List<Message> missed = room.after(last);
      int from = missed.size();
      while (from > 0 && mayTake >= bytes(missed.get(from - 1), room)) {
        from--;
        mayTake -= bytes(missed.get(from), room);
      }
      long firstTold = from < missed.size() ? missed.get(from).seq() : room.lastSeq() + 1;
      if (last + 1 < firstTold) {
        peer.send(new ServerFrame.Gap(room.name(), last + 1, firstTold - 1));
      }
      for (Message message : missed.subList(from, missed.size())) {
        peer.send(
            new ServerFrame.Broadcast(
                null,
                message.sender(),
                room.name(),
                new RawJson(message.text()),
                message.seq(),
                message.timeMs()));
      }
    }
  }

  private static int bytes(Message message, Room room) {
    int names = message.sender().length() + room.name().length();
    return message.text().length + names * MAX_UTF8_BYTES + FRAME_BYTES;
  }

  private static void resendDirects(Peer peer, Session session, Map<String, Long> seen) {
    long last = seen.getOrDefault(INBOX, session.detachedAfterSeq());
    for (DirectMessage message : session.inbox()) {
      if (message.seq() > last) {
        peer.send(Outbound.direct(session, message));
      }
    }
  }

  private static SessionRole core(Role role) {
    return switch (role) {
      case CLIENT -> SessionRole.CLIENT;
      case WORKER -> SessionRole.WORKER;
      case TASK_CLIENT -> SessionRole.TASK_CLIENT;
      case OBSERVER -> SessionRole.OBSERVER;
    };
  }

  static Role wire(SessionRole role) {
    return switch (role) {
      case CLIENT -> Role.CLIENT;
      case WORKER -> Role.WORKER;
      case TASK_CLIENT -> Role.TASK_CLIENT;
      case OBSERVER -> Role.OBSERVER;
    };
  }
}
