package mutirao.server.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import mutirao.core.State;
import mutirao.core.account.Login;
import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.core.task.Worker;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.server.gateway.history.History;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/** The truth as frames that answer questions. Reads the state, changes nothing. */
final class Views {

  /** Rows of a client list: beyond it the list would not fit into one frame. */
  private static final int MAX_CLIENTS = 10_000;

  private final String node;

  Views(String node) {
    this.node = node;
  }

  ServerFrame.ClientList clientList(State state, @Nullable RawJson ref) {
    List<ServerFrame.Presence> clients = new ArrayList<>();
    for (Session session : state.sessions().all()) {
      if (clients.size() == MAX_CLIENTS) {
        break;
      }
      clients.add(new ServerFrame.Presence(session.name(), Registration.wire(session.role())));
    }
    return new ServerFrame.ClientList(ref, clients, state.sessions().size(), state.nowMs());
  }

  ServerFrame.Joined joined(State state, ClientFrame.Join join) {
    Room room = Objects.requireNonNull(state.rooms().byName(join.room()));
    List<String> members = new ArrayList<>();
    for (Session member : room.members()) {
      if (members.size() == MAX_CLIENTS) {
        break;
      }
      members.add(member.name());
    }
    return new ServerFrame.Joined(join.ref(), room.name(), room.lastSeq(), members);
  }

  /** Null where the asker is not in the room. */
  ServerFrame.@Nullable History history(State state, long session, ClientFrame.History asked) {
    Room room = state.rooms().byName(asked.room());
    if (room == null || !room.has(session)) {
      return null;
    }
    long beforeSeq = asked.beforeSeq() == null ? Long.MAX_VALUE : asked.beforeSeq();
    List<ServerFrame.HistoryMessage> messages = new ArrayList<>();
    for (Message message : room.before(beforeSeq, asked.limit())) {
      messages.add(
          new ServerFrame.HistoryMessage(
              message.sender(), new RawJson(message.text()), message.seq(), message.timeMs()));
    }
    return new ServerFrame.History(asked.ref(), room.name(), messages);
  }

  /** Who asks for what the archive has; null where the asker is not in {@code room}. */
  History.@Nullable Asker asker(State state, long session, @Nullable String room) {
    Session asker = state.sessions().byId(session);
    Room asked = room == null ? null : state.rooms().byName(room);
    if (asker == null || (room != null && (asked == null || !asked.has(session)))) {
      return null;
    }
    Login login = asker.login();
    return new History.Asker(
        asker.name(),
        login == null || login.isNobodys() ? null : login.user(),
        state.rooms().of(session).stream().map(Room::name).toList());
  }

  ServerFrame.WorkerList workers(State state, @Nullable RawJson ref) {
    List<ServerFrame.WorkerView> workers = new ArrayList<>();
    for (Worker worker : state.tasks().workers()) {
      Session session = worker.session();
      workers.add(
          new ServerFrame.WorkerView(
              session.name(),
              session.operations(),
              session.slots(),
              worker.busy(),
              worker.done(),
              worker.failed(),
              worker.draining(),
              session.origin() == null ? node : session.origin().node()));
    }
    return new ServerFrame.WorkerList(ref, workers);
  }

  ServerFrame.TaskList tasks(State state, long session, ClientFrame.Tasks asked) {
    Session asker = state.sessions().byId(session);
    List<ServerFrame.TaskView> rows = new ArrayList<>();
    boolean more = false;
    if (asker != null) {
      long before = asked.before() == null ? Long.MAX_VALUE : TaskIds.decode(asked.before());
      TaskState wanted = asked.state() == null ? null : state(asked.state());
      List<Task> found = found(state, asker, wanted, before, asked.limit() + 1);
      more = found.size() > asked.limit();
      for (Task task : found.subList(0, Math.min(found.size(), asked.limit()))) {
        rows.add(task(state, task, false));
      }
    }
    return new ServerFrame.TaskList(asked.ref(), rows, more);
  }

  private static List<Task> found(
      State state, Session asker, @Nullable TaskState wanted, long before, int most) {
    Login login = asker.login();
    return login == null || login.isNobodys()
        ? state.tasks().search().of(asker.nameKey(), wanted, before, most)
        : state
            .tasks()
            .search()
            .of(key -> state.accounts().owns(asker, key, state.nowMs()), wanted, before, most);
  }

  /** One task; {@code whole} with its result and error. */
  ServerFrame.TaskView task(State state, Task task, boolean whole) {
    boolean scheduled = task.state() == TaskState.SCHEDULED;
    return new ServerFrame.TaskView(
        TaskIds.encode(task.id()),
        wireName(task.state()),
        task.spec().operation(),
        task.submitter(),
        task.workerName() == null ? task.spec().worker() : task.workerName(),
        task.attempt(),
        task.spec().maxAttempts(),
        task.spec().priority(),
        task.acceptedAtMs(),
        scheduled ? task.notBeforeMs() : null,
        task.startedAtMs() == 0 ? null : task.startedAtMs(),
        task.state().ended() ? task.finishedAtMs() : null,
        state.tasks().waitingForWorker(task) ? "worker" : null,
        whole ? raw(task.result()) : null,
        whole ? raw(task.error()) : null);
  }

  static ServerFrame.Task attempt(Task task, int attempt) {
    return new ServerFrame.Task(
        TaskIds.encode(task.id()),
        attempt,
        task.spec().operation(),
        new RawJson(task.spec().params()),
        task.submitter(),
        task.spec().timeoutMs(),
        task.spec().traceparent());
  }

  static ServerFrame.Result result(Task task) {
    return new ServerFrame.Result(
        TaskIds.encode(task.id()),
        wireName(task.state()),
        raw(task.result()),
        task.state() == TaskState.DONE ? null : raw(task.error()),
        task.workerName(),
        task.attempt(),
        task.queuedMs(),
        task.runMs());
  }

  static String wireName(TaskState state) {
    return switch (state) {
      case SCHEDULED -> "scheduled";
      case QUEUED -> "queued";
      case RUNNING -> "running";
      case DONE -> "done";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case EXPIRED -> "expired";
    };
  }

  private static TaskState state(String wireName) {
    return TaskState.valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  static @Nullable RawJson raw(byte @Nullable [] json) {
    return json == null ? null : new RawJson(json);
  }
}
