package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.core.task.Task;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Commands as a busy, careless and partly hostile crowd would send them, from one seed. It looks at
 * the state to be right often enough, and makes things up to be wrong often enough.
 */
public final class RandomLife {
  private static final String[] NAMES = {"ana", "Bruno", "çelik", "Worker-1", "Worker-2", "zé"};
  private static final String[] OPERATIONS = {"sum", "max", "resize", "nobody_knows_it"};
  private static final String[] ROOMS = {"lobby", "obras", "Festa"};

  private final SplittableRandom random;
  private long nowMs = 1_000_000;
  private long index;
  private long connections;

  /** The same seed makes the same life, on the same machine. */
  public RandomLife(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next thing that happens. */
  public Entry next(State state) {
    nowMs += random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(200);
    if (random.nextInt(50) == 0) {
      nowMs -= 5000;
    }
    if (random.nextInt(400) == 0) {
      nowMs += Limits.MESSAGE_KEY_MS;
    }
    return new Entry(++index, nowMs, random.nextLong(), command(state));
  }

  private Command command(State state) {
    long session = session(state);
    return switch (random.nextInt(20)) {
      case 0, 1 -> open();
      case 2 -> new Command.ResumeSession(origin(), secret(state), Map.of());
      case 3 -> detach(state);
      case 4 ->
          random.nextInt(3) == 0
              ? new Command.CloseSession(session)
              : new Command.DrainWorker(random.nextInt(4) == 0 ? session : 0);
      case 5 -> new Command.JoinRoom(session, pick(ROOMS));
      case 6 -> new Command.LeaveRoom(session, pick(ROOMS));
      case 7, 8 -> new Command.PostMessage(session, pick(ROOMS), text(), key());
      case 9 -> new Command.SendDirect(session, pick(NAMES), text(), key());
      case 10, 11, 12, 13 -> new Command.SubmitTask(session, spec());
      case 14, 15 -> report(state, false);
      case 16 -> report(state, true);
      case 17 -> renew(state);
      case 18 -> new Command.CancelTask(session, 1 + random.nextLong(Math.max(1, index)));
      default -> new Command.AdvanceTime();
    };
  }

  private Command open() {
    String name = random.nextInt(6) == 0 ? null : pick(NAMES);
    boolean worker = name != null ? name.startsWith("Worker") : random.nextBoolean();
    List<String> operations = new ArrayList<>();
    if (worker) {
      for (int i = 0; i < OPERATIONS.length - 1; i++) {
        if (random.nextInt(3) > 0) {
          operations.add(OPERATIONS[i]);
        }
      }
    }
    return new Command.OpenSession(
        origin(),
        name,
        worker ? SessionRole.WORKER : SessionRole.CLIENT,
        operations,
        worker ? 1 + random.nextInt(3) : 0,
        random.nextBoolean(),
        true,
        "secret-" + connections);
  }

  private Command detach(State state) {
    Session session = state.sessions().byId(session(state));
    Origin origin = session == null || session.origin() == null ? origin() : session.origin();
    return new Command.DetachSession(session == null ? 0 : session.id(), origin);
  }

  private Command report(State state, boolean failure) {
    Task task = runningTask(state);
    if (task == null || random.nextInt(8) == 0) {
      long made = 1 + random.nextLong(Math.max(1, index));
      return new Command.CompleteTask(session(state), made, 1 + random.nextInt(2), text());
    }
    long worker = random.nextInt(10) == 0 ? session(state) : task.workerSession();
    int attempt = random.nextInt(10) == 0 ? task.attempt() + 1 : task.attempt();
    return failure
        ? new Command.FailTask(worker, task.id(), attempt, text(), random.nextInt(4) > 0)
        : new Command.CompleteTask(worker, task.id(), attempt, text());
  }

  private Command renew(State state) {
    Task task = runningTask(state);
    return task == null
        ? new Command.RenewTask(session(state), 1, 1)
        : new Command.RenewTask(task.workerSession(), task.id(), task.attempt());
  }

  private TaskSpec spec() {
    return new TaskSpec(
        pick(OPERATIONS),
        text(),
        random.nextInt(5) == 0 ? pick(NAMES) : null,
        random.nextBoolean(),
        random.nextInt(4) == 0 ? "key-" + random.nextInt(5) : null,
        random.nextInt(10),
        random.nextInt(10) == 0 ? nowMs + random.nextInt(3000) - 1000 : null,
        random.nextInt(5) == 0 ? random.nextInt(5000) : 0,
        500 + random.nextInt(5000),
        1 + random.nextInt(3),
        random.nextInt(2000),
        random.nextInt(6) == 0 ? 1L + random.nextInt(8000) : null,
        random.nextInt(20_000),
        random.nextInt(5) == 0);
  }

  private @Nullable Task runningTask(State state) {
    List<Task> running = new ArrayList<>();
    for (Worker worker : state.tasks().workers()) {
      running.addAll(worker.running());
    }
    return running.isEmpty() ? null : running.get(random.nextInt(running.size()));
  }

  private long session(State state) {
    List<Session> all = List.copyOf(state.sessions().all());
    boolean nobody = all.isEmpty() || random.nextInt(30) == 0;
    return nobody ? random.nextInt(5) : all.get(random.nextInt(all.size())).id();
  }

  private String secret(State state) {
    List<Session> all = List.copyOf(state.sessions().all());
    boolean wrong = all.isEmpty() || random.nextInt(5) == 0;
    return wrong ? "guessed" : all.get(random.nextInt(all.size())).secretHash();
  }

  private Origin origin() {
    return new Origin("node-" + (1 + random.nextInt(2)), ++connections);
  }

  private @Nullable String key() {
    return random.nextInt(3) == 0 ? "k" + random.nextInt(20) : null;
  }

  private byte[] text() {
    return ("\"" + random.nextInt(100) + "\"").getBytes(UTF_8);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
