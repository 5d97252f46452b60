package mutirao.server.gateway;

import java.util.List;
import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskSpec;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.FrameRules;
import mutirao.protocol.Limits;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameReader;
import mutirao.server.Chance;
import mutirao.server.access.Permissions;
import mutirao.server.access.Rates;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/**
 * A frame and who sent it, to a command for the log or an answer at once. An exhaustive switch: a
 * new frame type does not compile until it stands here.
 */
final class Inbound {
  private static final List<String> BUILT_IN_OPERATIONS =
      List.of(
          "sum", "average", "max", "min", "count_words", "count_chars", "uppercase", "lowercase");

  private final Gateway gateway;
  private final Registration registration;
  private final Reports reports;
  private final Errands errands;
  private final Rates rates;

  Inbound(Gateway gateway, Registration registration, Chance chance) {
    this.errands = new Errands(gateway, this, chance);
    this.gateway = gateway;
    this.rates = new Rates(gateway.config().maxSubmitsASecond());
    this.registration = registration;
    this.reports = new Reports(gateway, this);
  }

  void handle(Peer peer, ClientFrame frame) {
    Problem problem = FrameRules.refusal(peer.role(), frame);
    if (problem == null && frame instanceof ClientFrame.Register && peer.registered()) {
      problem = Problem.of(frame.ref(), ErrorCode.ALREADY_REGISTERED, "already_registered");
    }
    if (problem == null && peer.registered()) {
      problem = Permissions.refusal(peer.principal(), frame);
    }
    if (problem != null) {
      answer(peer, problem);
      return;
    }
    long waitMs = rates.waitMs(peer.principal(), frame, gateway.nowMs());
    if (waitMs > 0) {
      Problem tooMuch = Problem.of(frame.ref(), ErrorCode.OVERLOADED, "overloaded.rate");
      answer(peer, Messages.error(peer.locale(), tooMuch, null, waitMs));
      return;
    }
    // The busiest first: a type switch asks in the order in which it is written.
    switch (frame) {
      case ClientFrame.Submit submit -> submit(peer, submit);
      case ClientFrame.Done done -> reports.done(peer, done);
      case ClientFrame.Register register ->
          registration.register(peer, withDefaults(peer, register));
      case ClientFrame.Broadcast broadcast -> broadcast(peer, broadcast);
      case ClientFrame.Direct direct -> direct(peer, direct);
      case ClientFrame.Join join -> join(peer, join);
      case ClientFrame.Leave leave -> leave(peer, leave);
      case ClientFrame.Failed failed -> reports.failed(peer, failed);
      case ClientFrame.Progress progress -> reports.progress(peer, progress);
      case ClientFrame.Drain drain -> reports.drain(peer, drain);
      case ClientFrame.Cancel cancel -> cancel(peer, cancel);
      case ClientFrame.Status status ->
          read(peer, status, state -> peer.send(gateway.views().clientList(state, status.ref())));
      case ClientFrame.History history ->
          read(peer, history, state -> history(peer, state, history));
      case ClientFrame.Search search -> errands.search(peer, search);
      case ClientFrame.Query query -> read(peer, query, state -> query(peer, state, query));
      case ClientFrame.Workers workers ->
          read(peer, workers, state -> peer.send(gateway.views().workers(state, workers.ref())));
      case ClientFrame.Tasks tasks -> read(peer, tasks, state -> tasks(peer, state, tasks));
      case ClientFrame.Cluster cluster -> errands.cluster(peer, cluster);
      case ClientFrame.Backup backup -> errands.backup(peer, backup);
      case ClientFrame.Account account -> errands.account(peer, account);
      case ClientFrame.Ping ping -> answer(peer, new ServerFrame.Pong(ping.ref(), gateway.nowMs()));
      case ClientFrame.Pong _ -> {}
      case ClientFrame.Quit quit -> quit(peer, quit);
    }
  }

  /** Sends {@code frame}, after the answers to what came before unless the line is full. */
  void answer(Peer peer, ServerFrame frame) {
    boolean inLine = peer.hasUnfinishedItems() && gateway.read(peer, _ -> peer.send(frame));
    if (!inLine) {
      peer.send(frame);
    }
  }

  void answer(Peer peer, Problem problem) {
    answer(peer, Messages.error(peer.locale(), problem));
  }

  private ClientFrame.Register withDefaults(Peer peer, ClientFrame.Register register) {
    peer.speak(Messages.locale(register.lang()));
    String name = register.name();
    Role implied = name == null ? Role.CLIENT : Role.impliedBy(name);
    Role role = register.role() == null ? implied : register.role();
    // Leaving the operations out is for workers of the original system, known by their name.
    boolean builtIn = register.operations() == null && implied == Role.WORKER;
    return new ClientFrame.Register(
        register.ref(),
        register.name(),
        role,
        builtIn ? BUILT_IN_OPERATIONS : register.operations(),
        register.slots(),
        register.confirm(),
        register.presence(),
        register.credentials(),
        register.resume(),
        register.seen(),
        register.lang());
  }

  private void broadcast(Peer peer, ClientFrame.Broadcast broadcast) {
    propose(
        peer,
        broadcast.ref(),
        new Command.PostMessage(
            peer.session(), broadcast.room(), broadcast.message().bytes(), broadcast.key()),
        reply -> {
          if (reply instanceof Reply.Posted posted && posted.duplicate()) {
            peer.send(
                new ServerFrame.Delivered(broadcast.ref(), broadcast.room(), posted.seq(), true));
          }
        });
  }

  private void direct(Peer peer, ClientFrame.Direct direct) {
    propose(
        peer,
        direct.ref(),
        new Command.SendDirect(
            peer.session(), direct.target(), direct.message().bytes(), direct.key()),
        reply -> {
          if (reply instanceof Reply.Posted posted && direct.ref() != null) {
            peer.send(new ServerFrame.Delivered(direct.ref(), null, null, posted.duplicate()));
          }
        });
  }

  private void join(Peer peer, ClientFrame.Join join) {
    propose(
        peer,
        join.ref(),
        new Command.JoinRoom(peer.session(), join.room()),
        _ -> peer.send(gateway.views().joined(gateway.state(), join)));
  }

  private void leave(Peer peer, ClientFrame.Leave leave) {
    propose(
        peer,
        leave.ref(),
        new Command.LeaveRoom(peer.session(), leave.room()),
        _ -> peer.send(new ServerFrame.Left(leave.ref(), leave.room())));
  }

  private void submit(Peer peer, ClientFrame.Submit submit) {
    TaskSpec spec =
        new TaskSpec(
            submit.operation(),
            submit.params().bytes(),
            submit.worker(),
            submit.fallback(),
            submit.key(),
            peer.transport().sharesKeys(),
            submit.priority(),
            submit.runAt(),
            submit.delayMs() == null ? 0 : submit.delayMs(),
            submit.timeoutMs(),
            submit.maxAttempts(),
            submit.backoffMs(),
            submit.expiresMs(),
            submit.keepMs(),
            submit.quiet(),
            submit.traceparent());
    propose(
        peer,
        submit.ref(),
        new Command.SubmitTask(peer.session(), spec),
        reply -> {
          if (reply instanceof Reply.Accepted accepted) {
            peer.send(
                new ServerFrame.Accepted(
                    submit.ref(),
                    TaskIds.encode(accepted.task()),
                    Views.wireName(accepted.state()),
                    accepted.duplicate(),
                    accepted.waitingForWorker() ? "worker" : null));
          }
        });
  }

  private void cancel(Peer peer, ClientFrame.Cancel cancel) {
    propose(
        peer,
        cancel.ref(),
        new Command.CancelTask(peer.session(), TaskIds.decode(cancel.task())),
        reply -> {
          if (!(reply instanceof Refusal)) {
            peer.send(new ServerFrame.Cancelled(cancel.ref(), cancel.task()));
          }
        });
  }

  private void history(Peer peer, State state, ClientFrame.History history) {
    ServerFrame found = gateway.views().history(state, peer.session(), history);
    if (found == null) {
      peer.refuse(unknownRoom(history.ref(), history.room()));
    } else {
      peer.send(found);
    }
  }

  private void query(Peer peer, State state, ClientFrame.Query query) {
    Task task = state.tasks().byId(TaskIds.decode(query.task()));
    Session asker = state.sessions().byId(peer.session());
    // Somebody else's task is as unknown as none: ids can be guessed.
    if (task == null
        || asker == null
        || !(query.any() || state.accounts().owns(asker, task.submitterKey(), state.nowMs()))) {
      peer.refuse(query.task(), unknownTask(query.ref()));
    } else {
      peer.send(
          new ServerFrame.TaskState(
              query.ref(),
              gateway.views().task(state, task, true),
              query.explain() ? gateway.explain(state, task, peer.locale()) : null));
    }
  }

  private void tasks(Peer peer, State state, ClientFrame.Tasks tasks) {
    peer.send(gateway.views().tasks(state, peer.session(), tasks));
  }

  private void quit(Peer peer, ClientFrame.Quit quit) {
    peer.whenSearched(() -> close(peer, quit));
  }

  private void close(Peer peer, ClientFrame.Quit quit) {
    if (peer.session() != 0) {
      boolean taken =
          gateway.propose(
              new Command.CloseSession(peer.session(), peer.origin()),
              peer,
              quit.ref(),
              reply -> {
                if (reply instanceof Refusal refusal) {
                  // It goes all the same; its session ends with the resume window.
                  peer.refuse(refusal, quit.ref(), null);
                } else {
                  peer.send(new ServerFrame.Bye(quit.ref(), null));
                }
                gateway.hangUp(peer);
              });
      if (taken) {
        peer.leaving();
      } else {
        peer.refuse(Refusals.LINE_FULL, quit.ref(), null);
        if (peer.stage() == Peer.Stage.LEAVING) {
          gateway.hangUp(peer);
        }
      }
    } else {
      peer.send(new ServerFrame.Bye(quit.ref(), null));
      gateway.hangUp(peer);
    }
  }

  void read(Peer peer, ClientFrame frame, Gateway.Reading reading) {
    boolean taken =
        gateway.read(
            peer,
            reading,
            reply -> {
              if (reply instanceof Refusal refusal) {
                peer.refuse(refusal, frame.ref(), null);
              }
            });
    if (!taken) {
      peer.refuse(Problem.of(frame.ref(), ErrorCode.OVERLOADED, "overloaded"));
    }
  }

  /**
   * Proposes; a refusal is answered here unless the replier is a report's, which names the task.
   */
  void propose(Peer peer, @Nullable RawJson ref, Command command, Proposer.Replier replier) {
    boolean taken =
        gateway.propose(
            command,
            peer,
            ref,
            reply -> {
              boolean report =
                  command instanceof Command.CompleteTask || command instanceof Command.FailTask;
              if (reply instanceof Refusal refusal && !report) {
                peer.refuse(refusal, ref, null);
              } else {
                replier.reply(reply);
              }
            });
    if (!taken) {
      peer.refuse(Refusals.LINE_FULL, ref, null);
    }
  }

  /** Whether nothing sensible will come any more, after so much in a row that was malformed. */
  static boolean isLost(Problem problem, int malformedInARow, boolean registered) {
    boolean browser = !registered && problem.key().equals(FrameReader.NO_HTTP);
    return browser || malformedInARow >= Limits.MAX_MALFORMED_IN_A_ROW;
  }

  static Problem unknownRoom(@Nullable RawJson ref, String room) {
    return Problem.field(ref, ErrorCode.UNKNOWN_ROOM, "room", "unknown_room", room);
  }

  static Problem unknownTask(@Nullable RawJson ref) {
    return Problem.field(ref, ErrorCode.UNKNOWN_TASK, "task", "unknown_task");
  }
}
