package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mutirao.core.account.Login;
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
  private static final String[] NAMES = {
    "ana", "Bruno", "çelik", "Worker-1", "Worker-2", "WORKER-3", "zé", "ZÉ"
  };
  private static final String[] OPERATIONS = {"sum", "max", "resize", "nobody_knows_it"};
  private static final String[] ROOMS = {"lobby", "obras", "Festa"};

  private static final long[] GARBAGE = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};

  private final SplittableRandom random;

  /** Some lives are hurried, some see many connections break, some have more work than workers. */
  private final int stepMs;

  private final int breaks;
  private final int work;
  private long nowMs = 1_000_000;
  private long index;
  private long connections;
  private final @Nullable RandomAccounts accounts;
  private Command last = new Command.AdvanceTime();

  /** The same seed makes the same life, on the same machine. */
  public RandomLife(long seed) {
    random = new SplittableRandom(seed);
    stepMs = 1 + random.nextInt(400);
    breaks = 1 + random.nextInt(8);
    work = 1 + random.nextInt(12);
    // Most lives know no users, as most servers.
    accounts = Math.floorMod(seed, 4) == 1 ? new RandomAccounts(seed) : null;
  }

  /** The next thing that happens. */
  public Entry next(State state) {
    nowMs += random.nextInt(10) == 0 ? random.nextInt(50 * stepMs) : random.nextInt(stepMs);
    if (random.nextInt(50) == 0) {
      nowMs -= 5000;
    }
    if (random.nextInt(400) == 0) {
      nowMs += Limits.MESSAGE_KEY_MS;
    }
    // Now and then the same is in the log twice.
    if (random.nextInt(40) > 0) {
      last = accounts != null && accounts.turn() ? accounts.command(state) : command(state);
    }
    return new Entry(++index, nowMs, random.nextLong(), last);
  }

  private Command command(State state) {
    long session = session(state);
    int what = random.nextInt(24 + breaks + work);
    if (what >= 24 + breaks) {
      return new Command.SubmitTask(session, spec(state));
    }
    if (what >= 24) {
      return detach(state);
    }
    return switch (what) {
      case 0, 1, 2 -> open(state);
      case 3, 4 -> resume(state);
      case 5 -> close(state);
      case 6 -> new Command.DrainWorker(random.nextInt(4) == 0 ? session : 0);
      case 7 -> new Command.JoinRoom(session, pick(ROOMS));
      case 8 -> new Command.LeaveRoom(session, pick(ROOMS));
      case 9, 10 -> new Command.PostMessage(session, pick(ROOMS), text(), key());
      case 11 -> new Command.SendDirect(session, pick(NAMES), text(), key());
      case 12, 13, 14, 15 -> report(state, false);
      case 16, 17 -> report(state, true);
      case 18, 19 -> renew(state);
      case 20 -> cancel(state, session);
      case 21 -> ofNodes();
      default -> new Command.AdvanceTime();
    };
  }

  /** What happens to servers: one is lost, or another one leads. */
  private Command ofNodes() {
    if (random.nextInt(3) == 0) {
      return new Command.BeginTerm("node-1");
    }
    String node = random.nextInt(4) == 0 ? "node-9" : origin().node();
    return new Command.LoseNode(node, random.nextLong(connections + 2));
  }

  /** The id of a task: mostly one that is known, sometimes one that is not, seldom nonsense. */
  private long task(State state) {
    if (random.nextInt(20) == 0) {
      return GARBAGE[random.nextInt(GARBAGE.length)];
    }
    long id = 1 + random.nextLong(Math.max(1, index));
    while (id > 1 && state.tasks().byId(id) == null && random.nextInt(100) > 0) {
      id--;
    }
    return id;
  }

  private Command cancel(State state, long session) {
    long id = task(state);
    Task task = state.tasks().byId(id);
    Session submitter = task == null ? null : state.sessions().byNameKey(task.submitterKey());
    boolean own = submitter != null && random.nextInt(5) > 0;
    return new Command.CancelTask(own ? submitter.id() : session, id);
  }

  private Command resume(State state) {
    String secret = secret(state);
    Login login = accounts == null ? null : accounts.login(state);
    for (Session session : state.sessions().all()) {
      if (session.secretHash().equals(secret) && connections % 5 > 0) {
        login = session.login();
      }
    }
    return new Command.ResumeSession(origin(), secret, Map.of(), login);
  }

  private Command open(State state) {
    String name = random.nextInt(6) == 0 ? null : pick(NAMES);
    Login login = accounts == null ? null : accounts.login(state);
    if (login != null && !login.user().isEmpty() && random.nextInt(8) > 0) {
      name = login.user() + (random.nextBoolean() ? "" : "-" + random.nextInt(3));
    }
    boolean worker = name == null ? random.nextBoolean() : name.length() > 5;
    List<String> operations = new ArrayList<>();
    if (worker) {
      for (int i = 0; i < OPERATIONS.length - 1; i++) {
        if (i == 0 || random.nextBoolean()) {
          operations.add(OPERATIONS[i]);
        }
      }
    }
    return new Command.OpenSession(
        origin(),
        name,
        worker ? SessionRole.WORKER : SessionRole.CLIENT,
        operations,
        worker ? 1 + random.nextInt(4) : 0,
        random.nextBoolean(),
        true,
        "secret-" + connections,
        login);
  }

  private Command detach(State state) {
    Session session = state.sessions().byId(session(state));
    return new Command.DetachSession(session == null ? 0 : session.id(), originOf(session));
  }

  /** A goodbye, sometimes from a connection that does not serve the session any more. */
  private Command close(State state) {
    Session session = state.sessions().byId(session(state));
    Origin origin = random.nextInt(8) == 0 ? origin() : originOf(session);
    return new Command.CloseSession(session == null ? 0 : session.id(), origin);
  }

  private Origin originOf(@Nullable Session session) {
    return session == null || session.origin() == null ? origin() : session.origin();
  }

  private Command report(State state, boolean failure) {
    Task task = runningTask(state);
    if (task == null || random.nextInt(8) == 0) {
      return new Command.CompleteTask(session(state), task(state), 1 + random.nextInt(2), text());
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
        ? new Command.RenewTask(session(state), task(state), 1)
        : random.nextBoolean()
            ? new Command.RenewTask(task.workerSession(), task.id(), task.attempt())
            : new Command.ReportProgress(
                task.workerSession(), task.id(), task.attempt(), text(), null);
  }

  private TaskSpec spec(State state) {
    List<Worker> workers = List.copyOf(state.tasks().workers());
    String operation = random.nextBoolean() ? OPERATIONS[0] : pick(OPERATIONS);
    String target = null;
    if (random.nextInt(3) == 0 && !workers.isEmpty()) {
      Session worker = workers.get(random.nextInt(workers.size())).session();
      target = worker.name();
      List<String> known = worker.operations();
      boolean right = !known.isEmpty() && random.nextInt(5) > 0;
      operation = right ? known.get(random.nextInt(known.size())) : operation;
    } else if (random.nextInt(10) == 0) {
      target = pick(NAMES);
    }
    return new TaskSpec(
        operation,
        text(),
        target,
        random.nextBoolean(),
        random.nextInt(4) == 0 ? "key-" + random.nextInt(5) : null,
        random.nextBoolean(),
        random.nextInt(10),
        random.nextInt(10) == 0 ? nowMs + random.nextInt(3000) - 1000 : null,
        random.nextInt(5) == 0 ? random.nextInt(5000) : 0,
        random.nextInt(30) == 0 ? Long.MAX_VALUE : 500 + random.nextInt(20 * stepMs),
        1 + random.nextInt(3),
        random.nextInt(2000),
        random.nextInt(6) == 0 ? 1L + random.nextInt(30 * stepMs) : null,
        random.nextInt(5) == 0 ? 0 : random.nextInt(100 * stepMs),
        random.nextInt(5) == 0,
        null);
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
    return nobody ? task(state) : all.get(random.nextInt(all.size())).id();
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
    return ("\"" + random.nextInt(8) + "\"").getBytes(UTF_8);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
