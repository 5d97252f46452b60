package mutirao.core;

import java.util.ArrayList;
import java.util.List;
import mutirao.core.account.AccessToken;
import mutirao.core.account.AccountRules;
import mutirao.core.image.StateImage;
import mutirao.core.room.RecentKeys;
import mutirao.core.room.RoomRules;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRules;
import mutirao.core.task.Task;
import mutirao.core.task.TaskQueue;
import mutirao.core.task.TaskRules;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: {@link #apply} is its only door, and the same entries give the same outcomes
 * and the same state on every server. First what is due at the entry's time is settled, then its
 * command is decided, then what became due by it is settled. Not thread-safe: it has one owner.
 */
public final class Machine {

  /**
   * Sees each event before it takes effect and may put others in its place. Production has none.
   */
  @FunctionalInterface
  interface Tamper {
    List<Event> instead(Event event);
  }

  private State state;
  private final CurrentStep step = new CurrentStep();
  private final @Nullable Tamper tamper;

  /** An empty machine. */
  public Machine(Settings settings) {
    this(settings, null);
  }

  /** A machine with planted bugs, for the tests of the tests. */
  Machine(Settings settings, @Nullable Tamper tamper) {
    this.state = new State(settings);
    this.tamper = tamper;
  }

  /** The truth so far, to be read between two calls of {@link #apply}. */
  public State state() {
    return state;
  }

  /**
   * When the machine next has something to do by itself, epoch milliseconds; {@link
   * Long#MAX_VALUE}: never.
   */
  public long nextDeadlineMs() {
    return state.deadlines().nextMs();
  }

  /** Goes on from an image, whatever was before. */
  public void restore(StateImage image) {
    State restored = new State(image.settings());
    restored.restore(image);
    state = restored;
  }

  /** Goes on with other settings; at the same place in the log on every server. */
  public void use(Settings settings) {
    state.use(settings);
  }

  /**
   * Applies the next entry. One that begins a term gives everybody time before it is looked whose
   * time is over.
   *
   * @throws IllegalStateException where an invariant is broken; the server must stop then
   */
  public Outcome apply(Entry entry) {
    state.advance(entry.index(), entry.timeMs());
    step.begin(entry);
    int settled = entry.command() instanceof Command.BeginTerm ? 0 : settleDue(0);
    Reply reply = decide(entry.command());
    settleDue(settled);
    return new Outcome(reply, step.events);
  }

  private Reply decide(Command command) {
    // The busiest first: a type switch asks in the order in which it is written.
    return switch (command) {
      case Command.SubmitTask submit -> TaskRules.submit(step, submit);
      case Command.CompleteTask complete -> TaskRules.complete(step, complete);
      case Command.OpenSession open -> SessionRules.open(step, open);
      case Command.ResumeSession resume -> SessionRules.resume(step, resume);
      case Command.DetachSession detach -> SessionRules.detach(step, detach);
      case Command.CloseSession close -> SessionRules.close(step, close);
      case Command.SendDirect send -> SessionRules.sendDirect(step, send);
      case Command.JoinRoom join -> RoomRules.join(step, join);
      case Command.LeaveRoom leave -> RoomRules.leave(step, leave);
      case Command.PostMessage post -> RoomRules.post(step, post);
      case Command.FailTask fail -> TaskRules.fail(step, fail);
      case Command.RenewTask renew -> TaskRules.renew(step, renew);
      case Command.CancelTask cancel -> TaskRules.cancel(step, cancel);
      case Command.DrainWorker drain -> TaskRules.drain(step, drain);
      case Command.ReportProgress report -> TaskRules.progress(step, report);
      case Command.LoseNode lose -> SessionRules.loseNode(step, lose);
      case Command.BeginTerm _ -> {
        SessionRules.keepBroken(step);
        yield TaskRules.renewAll(step);
      }
      case Command.OfAccount change -> AccountRules.decide(step, change);
      case Command.AdvanceTime _ -> Reply.DONE;
    };
  }

  /** Settles what is due, {@code settled} of it already in this entry; returns how many now. */
  private int settleDue(int settled) {
    int count = settled;
    for (; count < Limits.MAX_DUE_PER_ENTRY; count++) {
      Deadline due = state.deadlines().takeDue(state.nowMs());
      if (due == null) {
        break;
      }
      switch (due) {
        case Session session -> SessionRules.due(step, session);
        case Task task -> TaskRules.due(step, task);
        case TaskQueue queue -> TaskRules.free(step, queue);
        case AccessToken token -> AccountRules.due(step, token);
        case RecentKeys _ -> RoomRules.forgetKeys(step);
        default -> throw new IllegalStateException("deadline of nobody");
      }
    }
    return count;
  }

  private final class CurrentStep implements Step {
    private Entry entry = new Entry(0, 0, 0, new Command.AdvanceTime());
    private List<Event> events = List.of();

    void begin(Entry next) {
      entry = next;
      events = new ArrayList<>(4);
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public long index() {
      return entry.index();
    }

    @Override
    public long nowMs() {
      return state.nowMs();
    }

    @Override
    public long seed() {
      return entry.seed();
    }

    @Override
    public void emit(Event event) {
      if (tamper == null) {
        happen(event);
      } else {
        tamper.instead(event).forEach(this::happen);
      }
    }

    private void happen(Event event) {
      state.evolve(event);
      events.add(event);
    }
  }
}
