package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.core.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * A machine and short words for what is done to it and what comes of it. After every entry the
 * invariants are checked.
 */
public final class Scene {
  public static final long START_MS = 1_000_000;

  public final Machine machine;
  private final List<Outcome> outcomes = new ArrayList<>();
  private long index;
  private long nowMs = START_MS;
  private long connections;
  private boolean looking = true;

  public Scene() {
    this(Settings.DEFAULT);
  }

  public Scene(Settings settings) {
    machine = new Machine(settings);
  }

  /** Too much is about to happen to look at all of it each time; the invariants are checked now. */
  public void looks(boolean eachTime) {
    looking = eachTime;
    Invariants.check(machine.state());
  }

  public State state() {
    return machine.state();
  }

  public long nowMs() {
    return nowMs;
  }

  /** Lets a command happen now. */
  public Reply apply(Command command) {
    Outcome outcome = machine.apply(new Entry(++index, nowMs, index * 7919, command));
    if (looking) {
      Invariants.check(machine.state());
    }
    outcomes.add(outcome);
    return outcome.reply();
  }

  /** Time passes, and whatever is due by then happens. */
  public Scene passes(long ms) {
    nowMs += ms;
    apply(new Command.AdvanceTime());
    return this;
  }

  /** Time passes, and a command happens before anything else. */
  public Reply passes(long ms, Command command) {
    nowMs += ms;
    return apply(command);
  }

  public long client(String name) {
    return opened(apply(opening(name, SessionRole.CLIENT, 0)));
  }

  public long worker(String name, int slots, String... operations) {
    return opened(apply(opening(name, SessionRole.WORKER, slots, operations)));
  }

  public Command.OpenSession opening(
      @Nullable String name, SessionRole role, int slots, String... operations) {
    return new Command.OpenSession(
        origin(),
        name,
        role,
        List.of(operations),
        slots,
        false,
        true,
        "secret of connection " + connections);
  }

  /** A connection nobody had before. */
  public Origin origin() {
    return new Origin("node-1", ++connections);
  }

  public static long opened(Reply reply) {
    return ((Reply.Opened) reply).session();
  }

  public Reply breaks(long session) {
    return apply(new Command.DetachSession(session, Objects.requireNonNull(at(session).origin())));
  }

  public Reply resumes(long session) {
    return apply(new Command.ResumeSession(origin(), at(session).secretHash(), Map.of()));
  }

  public Reply quits(long session) {
    return apply(new Command.CloseSession(session, Objects.requireNonNull(at(session).origin())));
  }

  public Reply says(long session, String room, String text, @Nullable String key) {
    return apply(new Command.PostMessage(session, room, json(text), key));
  }

  public Reply tells(long session, String target, String text, @Nullable String key) {
    return apply(new Command.SendDirect(session, target, json(text), key));
  }

  /** Submits and returns the task's id. */
  public long submits(long session, Ask ask) {
    Reply reply = apply(new Command.SubmitTask(session, ask.spec()));
    return ((Reply.Accepted) reply).task();
  }

  public Reply done(long worker, long task, int attempt) {
    return apply(new Command.CompleteTask(worker, task, attempt, json("done " + task)));
  }

  public Reply failed(long worker, long task, int attempt, boolean retry) {
    return apply(new Command.FailTask(worker, task, attempt, json("failed " + task), retry));
  }

  public Session at(long session) {
    return Objects.requireNonNull(state().sessions().byId(session), "no session " + session);
  }

  public Task task(long id) {
    return Objects.requireNonNull(state().tasks().byId(id), "no task " + id);
  }

  /** State, attempt and holder of a task, such as {@code RUNNING 2 on 5}. */
  public String about(long id) {
    Task task = task(id);
    String holder = task.workerSession() == 0 ? "" : " on " + task.workerSession();
    return task.state() + " " + task.attempt() + holder;
  }

  /** What the last entry changed, in the words of {@link Telling}. */
  public List<String> happened() {
    return outcomes.getLast().events().stream().map(Telling::of).toList();
  }

  /** What the last entry changed. */
  public List<Event> events() {
    return outcomes.getLast().events();
  }

  public static byte[] json(String text) {
    return ('"' + text + '"').getBytes(UTF_8);
  }
}
