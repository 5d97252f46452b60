package mutirao.server.gateway;

import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/** What only workers say. */
final class Reports {
  /** Progress for somebody on another server is passed on at most five times a second. */
  private static final long FAR_PROGRESS_MS = 200;

  private final Gateway gateway;
  private final Inbound inbound;

  Reports(Gateway gateway, Inbound inbound) {
    this.gateway = gateway;
    this.inbound = inbound;
  }

  void done(Peer peer, ClientFrame.Done done) {
    report(
        peer,
        done.ref(),
        done.task(),
        done.attempt(),
        new Command.CompleteTask(
            peer.session(), TaskIds.decode(done.task()), done.attempt(), done.result().bytes()));
  }

  void failed(Peer peer, ClientFrame.Failed failed) {
    report(
        peer,
        failed.ref(),
        failed.task(),
        failed.attempt(),
        new Command.FailTask(
            peer.session(),
            TaskIds.decode(failed.task()),
            failed.attempt(),
            failed.error().bytes(),
            failed.retry()));
  }

  private void report(Peer peer, @Nullable RawJson ref, String task, int attempt, Command command) {
    inbound.propose(
        peer,
        ref,
        command,
        reply -> {
          if (reply instanceof Refusal refusal) {
            peer.refuse(refusal, ref, task);
          } else if (peer.confirm()) {
            peer.send(new ServerFrame.Recorded(ref, task, attempt));
          }
        });
  }

  void progress(Peer peer, ClientFrame.Progress progress) {
    inbound.read(
        peer,
        progress,
        state -> {
          Task task = state.tasks().byId(TaskIds.decode(progress.task()));
          if (task == null) {
            peer.refuse(progress.task(), Inbound.unknownTask(progress.ref()));
          } else if (task.state() != TaskState.RUNNING
              || task.attempt() != progress.attempt()
              || task.workerSession() != peer.session()) {
            peer.refuse(
                progress.task(),
                Problem.field(progress.ref(), ErrorCode.STALE_ATTEMPT, "attempt", "stale_attempt"));
          } else {
            passOn(peer, state, task, progress);
          }
        });
  }

  private void passOn(Peer peer, State state, Task task, ClientFrame.Progress progress) {
    gateway
        .effects()
        .progressed(task.id(), progress.attempt(), progress.percent(), progress.message());
    Session wanting = state.sessions().byNameKey(task.submitterKey());
    Peer submitter = gateway.peerOf(wanting);
    long unheardMs = gateway.machineMs() - task.renewedAtMs();
    if (submitter == null && wanting != null && wanting.connected()) {
      // Through the log, because that is what reaches other servers: seldom, for it costs all.
      if (unheardMs >= FAR_PROGRESS_MS) {
        gateway.propose(
            new Command.ReportProgress(
                peer.session(),
                task.id(),
                progress.attempt(),
                bytes(progress.percent()),
                bytes(progress.message())));
      }
      return;
    }
    if (submitter != null) {
      submitter.send(
          new ServerFrame.Progress(
              progress.task(),
              progress.attempt(),
              progress.percent(),
              progress.message(),
              task.workerName()));
    }
    // A log entry only now and then: progress is frequent, and a third of the timeout is left twice
    // over.
    if (unheardMs >= task.spec().timeoutMs() / 3) {
      gateway.propose(new Command.RenewTask(peer.session(), task.id(), progress.attempt()));
    }
  }

  private static byte @Nullable [] bytes(@Nullable RawJson json) {
    return json == null ? null : json.bytes();
  }

  void drain(Peer peer, ClientFrame.Drain drain) {
    inbound.propose(
        peer,
        drain.ref(),
        new Command.DrainWorker(peer.session()),
        reply -> {
          if (reply instanceof Reply.Draining draining) {
            peer.send(new ServerFrame.Draining(drain.ref(), draining.running()));
          }
        });
  }
}
