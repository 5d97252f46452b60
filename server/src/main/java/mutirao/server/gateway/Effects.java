package mutirao.server.gateway;

import java.util.ArrayList;
import java.util.List;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.Outcome;
import mutirao.core.log.Log;
import mutirao.core.session.Session;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.server.gateway.history.History;
import mutirao.server.gateway.history.Observer;
import org.jspecify.annotations.Nullable;

/** What is in the log takes effect here: on the machine first, then on all who want to know. */
final class Effects implements Proposer.Applier {
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private final Gateway gateway;
  private final Machine machine;
  private final History history;
  private final Outbound outbound;
  private final List<Observer> observers = new ArrayList<>();
  private boolean replayed;

  Effects(Gateway gateway, Machine machine, History history, Outbound outbound) {
    this.gateway = gateway;
    this.machine = machine;
    this.history = history;
    this.outbound = outbound;
  }

  /** What takes effect from now on is news. */
  void replayed() {
    replayed = true;
  }

  void observe(Observer observer) {
    observers.add(observer);
  }

  /** Progress that went past the log. */
  void progressed(long task, int attempt, @Nullable RawJson percent, @Nullable RawJson message) {
    for (Observer observer : observers) {
      observer.progressed(task, attempt, percent, message);
    }
  }

  @Override
  public Outcome apply(long index, Log.Batch batch, int place) {
    long seed = batch.seed() + place * SEED_STEP;
    Outcome outcome =
        machine.apply(new Entry(index, batch.timeMs(), seed, batch.commands().get(place)));
    history.applied(outcome.events(), machine.state());
    for (Observer observer : observers) {
      observer.applied(outcome.events(), machine.state());
    }
    return outcome;
  }

  @Override
  public void lead() {
    gateway.proposeFirst(new Command.BeginTerm(gateway.config().node()));
  }

  @Override
  public void caughtUp() {
    history.serving(gateway.state());
  }

  @Override
  public void replaced() {
    history.serving(gateway.state());
    for (Observer observer : observers) {
      observer.replaced();
    }
    // Nobody here saw how a connection was given a session, and perhaps told it that it was not.
    for (Session session : gateway.state().sessions().all()) {
      if (session.origin() != null) {
        gateway.given(session.id(), session.origin());
      }
    }
    for (Peer peer : gateway.connected()) {
      if (peer.registered()) {
        peer.send(new ServerFrame.Bye(null, "lost"));
        gateway.hangUp(peer);
      }
    }
  }

  @Override
  public void publish(Outcome outcome, Proposer.@Nullable Item own) {
    // What a replay tells was told before the restart.
    if (replayed) {
      outbound.publish(outcome.events(), own);
      Peer asker = own == null ? null : own.peer();
      if (asker != null) {
        asker.runDeferred();
      }
    }
  }
}
