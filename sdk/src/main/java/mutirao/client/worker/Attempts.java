package mutirao.client.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.request.RequestHandler;
import mutirao.client.request.RequestKind;
import mutirao.client.session.Session;
import mutirao.client.session.WorkerPart;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a worker: those that run, and through {@link Reports} those that the server has
 * yet to record. Guarded by the session's lock.
 */
public final class Attempts implements WorkerPart {
  private static final long DRAIN_AGAIN_MS = 1_000;

  private final Session session;
  private final Map<String, Operation> operations;
  private final MutiraoWorker.Observer observer;
  private final Reports reports;
  private final Map<Attempt.Key, Attempt> running = new HashMap<>();
  private boolean draining;
  private boolean drainConfirmed;

  /** The attempts of one session. */
  public Attempts(
      Session session, Map<String, Operation> operations, MutiraoWorker.Observer observer) {
    this.session = session;
    this.operations = operations;
    this.observer = observer;
    this.reports = new Reports(session, this::leaveIfDrained);
  }

  MutiraoWorker.Observer observer() {
    return observer;
  }

  @Nullable Operation operation(String name) {
    return operations.get(name);
  }

  /** How many run at the moment. */
  public int running() {
    return session.locked(running::size);
  }

  /** Wants no more tasks, and leaves once everything is finished and recorded. */
  public void drain() {
    session.locked(
        () -> {
          if (!draining) {
            draining = true;
            askToDrain();
            leaveIfDrained();
          }
        });
  }

  /** Interrupts whatever runs; its outcome is not wanted any more. */
  public void cancelAll() {
    session.locked(
        () -> {
          List.copyOf(running.values()).forEach(Attempt::cancel);
          running.clear();
        });
  }

  @Override
  public void task(ServerFrame.Task task) {
    Attempt attempt = new Attempt(this, session, task);
    // A server that is not sure whether a task arrived before a break sends it again.
    if (!reports.isUnrecorded(attempt.key())
        && running.putIfAbsent(attempt.key(), attempt) == null) {
      attempt.start();
    }
  }

  @Override
  public void cancel(ServerFrame.Cancel cancel) {
    Attempt attempt = running.remove(new Attempt.Key(cancel.task(), cancel.attempt()));
    if (attempt != null) {
      attempt.cancel();
      leaveIfDrained();
    }
  }

  @Override
  public void registered(boolean resumed) {
    if (!resumed) {
      // The tasks of the old session have gone to others.
      cancelAll();
      if (drainConfirmed) {
        drainConfirmed = false;
        askToDrain();
      }
    }
  }

  @Override
  public void lost() {
    leaveIfDrained();
  }

  @Override
  public void ended() {
    cancelAll();
  }

  /** An attempt has ended; tells whether anybody wants its outcome. */
  boolean finished(Attempt attempt, Attempt.Outcome outcome) {
    boolean wanted =
        session.locked(
            () -> {
              boolean listed = running.remove(attempt.key(), attempt);
              if (listed) {
                reports.expect(attempt.key());
              }
              return listed;
            });
    if (wanted) {
      reports.send(attempt.key(), outcome);
    }
    return wanted;
  }

  private boolean idle() {
    return running.isEmpty() && reports.allRecorded();
  }

  private void leaveIfDrained() {
    // Without a connection no task can come, and nothing is owed to the server.
    boolean noMoreTasks = drainConfirmed || !session.connected();
    if (draining && noMoreTasks && idle()) {
      session.quit();
    }
  }

  private void askToDrain() {
    session.handInternally(
        RequestKind.REPORT,
        ClientFrame.Drain::new,
        new RequestHandler() {
          @Override
          public void answered(ServerFrame frame) {
            drainConfirmed = true;
            leaveIfDrained();
          }

          @Override
          public void failed(MutiraoException failure) {
            if (!failure.code().equals(MutiraoException.CLOSED)) {
              session.after(
                  failure.retryAfterMs().orElse(DRAIN_AGAIN_MS), Attempts.this::askToDrain);
            }
          }
        });
  }
}
