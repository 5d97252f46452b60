package mutirao.protocol.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.protocol.AccountRole;
import mutirao.protocol.Archived;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.DeedView;
import mutirao.protocol.view.Explanation;
import mutirao.protocol.view.TokenView;
import mutirao.protocol.view.UserView;
import org.jspecify.annotations.Nullable;

/**
 * Frames from a seed: of every type, with every component now missing, now at a bound, now
 * anywhere.
 */
final class Generated extends GeneratedValues {
  Generated(long seed) {
    super(seed);
  }

  private ClientFrame cluster(@Nullable RawJson ref) {
    ClientFrame.ClusterAction action =
        ClientFrame.ClusterAction.values()[
            random.nextInt(ClientFrame.ClusterAction.values().length)];
    return new ClientFrame.Cluster(
        ref,
        action,
        action == ClientFrame.ClusterAction.STATUS ? null : name(),
        action == ClientFrame.ClusterAction.ADD ? text() : null);
  }

  private ClientFrame account(@Nullable RawJson ref) {
    ClientFrame.AccountAction action =
        ClientFrame.AccountAction.values()[
            random.nextInt(ClientFrame.AccountAction.values().length)];
    boolean user = action == ClientFrame.AccountAction.ADD_USER;
    boolean token = action == ClientFrame.AccountAction.ADD_TOKEN;
    boolean password = action == ClientFrame.AccountAction.SET_PASSWORD;
    boolean revoke = action == ClientFrame.AccountAction.REVOKE_TOKEN;
    boolean none =
        revoke
            || action == ClientFrame.AccountAction.LIST
            || action == ClientFrame.AccountAction.AUDIT;
    return new ClientFrame.Account(
        ref,
        action,
        none ? null : "user_" + random.nextInt(9),
        user ? accountRole() : token ? maybe(this::accountRole) : null,
        user || token ? list(this::name).stream().distinct().toList() : List.of(),
        password || (user && random.nextBoolean()) ? "é".repeat(8 + random.nextInt(9)) : null,
        revoke ? text() : null,
        token ? maybe(this::key) : null,
        token ? maybe(() -> between(1, Limits.MAX_DURATION_MS)) : null);
  }

  private AccountRole accountRole() {
    return AccountRole.values()[random.nextInt(AccountRole.values().length)];
  }

  private AccountList accounts() {
    return new AccountList(
        list(() -> new UserView(name(), text(), list(this::name), random.nextBoolean(), attempt())),
        list(
            () ->
                new TokenView(
                    text(), name(), text(), list(this::name), text(), count(), maybe(this::count))),
        list(() -> new DeedView(count(), text(), text(), text(), text())),
        maybe(this::text));
  }

  private ClientFrame search(@Nullable RawJson ref) {
    boolean messages = random.nextBoolean();
    return new ClientFrame.Search(
        ref,
        maybe(this::key),
        maybe(() -> messages ? "message" : "task"),
        messages ? maybe(this::name) : null,
        messages ? null : maybe(this::name),
        messages ? null : maybe(this::name),
        maybe(this::name),
        maybe(() -> between(0, Limits.MAX_TIME_MS)),
        maybe(() -> between(0, Limits.MAX_TIME_MS)),
        random.nextBoolean(),
        page(),
        maybe(this::name));
  }

  private Archived archived() {
    return random.nextBoolean()
        ? new Archived.Message(
            name(), maybe(this::name), maybe(this::name), message(), count(), count())
        : new Archived.Task(
            name(),
            state(),
            name(),
            name(),
            maybe(this::name),
            attempt(),
            count(),
            maybe(this::count),
            count(),
            maybe(() -> value(3)),
            maybe(() -> value(3)),
            maybe(this::error),
            list(this::text));
  }

  private ServerView serverView() {
    return new ServerView(name(), maybe(this::text), count(), maybe(this::count));
  }

  ClientFrame clientFrame() {
    RawJson ref = maybe(this::ref);
    return switch (random.nextInt(24)) {
      case 0 -> register(ref);
      case 1 -> new ClientFrame.Broadcast(ref, room(), message(), maybe(this::key));
      case 2 -> new ClientFrame.Direct(ref, name(), message(), maybe(this::key));
      case 3 -> new ClientFrame.Status(ref);
      case 4 -> new ClientFrame.Join(ref, name());
      case 5 -> new ClientFrame.Leave(ref, name());
      case 6 -> new ClientFrame.History(ref, room(), page(), maybe(this::count));
      case 7 -> submit(ref);
      case 8 -> new ClientFrame.Done(ref, name(), attempt(), value(4));
      case 9 -> new ClientFrame.Failed(ref, name(), attempt(), error(), random.nextBoolean());
      case 10 ->
          new ClientFrame.Progress(
              ref, name(), attempt(), maybe(this::percent), maybe(this::message));
      case 11 -> new ClientFrame.Drain(ref);
      case 12 -> new ClientFrame.Cancel(ref, name());
      case 13 -> new ClientFrame.Query(ref, name(), random.nextBoolean(), random.nextBoolean());
      case 14 -> new ClientFrame.Workers(ref);
      case 15 -> new ClientFrame.Tasks(ref, maybe(this::state), page(), maybe(this::name));
      case 16 -> new ClientFrame.Ping(ref);
      case 17 -> new ClientFrame.Pong(ref);
      case 18 -> cluster(ref);
      case 19 -> new ClientFrame.Backup(ref, maybe(this::count));
      case 20 -> search(ref);
      case 21, 22 -> account(ref);
      default -> new ClientFrame.Quit(ref);
    };
  }

  ServerFrame serverFrame() {
    RawJson ref = maybe(this::ref);
    return switch (random.nextInt(30)) {
      case 0 -> registered(ref);
      case 1 -> clientList(ref);
      case 2 ->
          new ServerFrame.SystemEvent(
              "joined", text(), maybe(this::role), maybe(this::name), text(), count());
      case 3 -> new ServerFrame.Broadcast(ref, name(), name(), message(), count(), count());
      case 4 -> new ServerFrame.Direct(name(), name(), message(), count(), count());
      case 5 ->
          new ServerFrame.Delivered(
              ref, maybe(this::name), maybe(this::count), random.nextBoolean());
      case 6 -> new ServerFrame.Joined(ref, name(), count(), list(this::name));
      case 7 -> new ServerFrame.Left(ref, name());
      case 8 ->
          new ServerFrame.History(
              ref,
              name(),
              list(() -> new ServerFrame.HistoryMessage(name(), message(), count(), count())));
      case 9 -> new ServerFrame.Gap(name(), count(), count());
      case 10 ->
          new ServerFrame.Accepted(ref, name(), state(), random.nextBoolean(), maybe(this::text));
      case 11 ->
          new ServerFrame.Task(
              name(), attempt(), name(), value(4), name(), count(), maybe(this::traceparent));
      case 12 -> result();
      case 13 ->
          new ServerFrame.Progress(
              name(), attempt(), maybe(this::percent), maybe(this::message), maybe(this::name));
      case 14 -> new ServerFrame.Recorded(ref, name(), attempt());
      case 15 -> new ServerFrame.Cancel(name(), attempt());
      case 16 -> new ServerFrame.Cancelled(ref, name());
      case 17 -> new ServerFrame.Draining(ref, attempt());
      case 18 -> new ServerFrame.TaskState(ref, taskView(), maybe(this::explanation));
      case 19 -> new ServerFrame.TaskList(ref, list(this::taskView), random.nextBoolean());
      case 20 -> new ServerFrame.WorkerList(ref, list(this::workerView));
      case 21 -> new ServerFrame.Pong(ref, count());
      case 22 -> new ServerFrame.Ping(count());
      case 23 -> new ServerFrame.Bye(ref, maybe(this::text));
      case 24 ->
          new ServerFrame.ClusterState(
              ref, name(), maybe(this::name), count(), list(this::serverView));
      case 25 ->
          new ServerFrame.BackupPart(ref, name(), count(), count(), count(), count(), text());
      case 26 ->
          new ServerFrame.Found(
              ref,
              list(this::archived),
              maybe(this::text),
              list(() -> new Archived.Gap(count(), count(), text())));
      case 27, 28 -> new ServerFrame.Accounts(ref, accounts());
      default ->
          new ServerFrame.Error(
              ref,
              ErrorCode.values()[random.nextInt(ErrorCode.values().length)],
              text(),
              maybe(this::text),
              maybe(this::count),
              maybe(this::count),
              maybe(this::name));
    };
  }

  private ClientFrame register(@Nullable RawJson ref) {
    Map<String, Long> seen = counters();
    if (random.nextBoolean()) {
      seen.put("@", count());
    }
    return new ClientFrame.Register(
        ref,
        maybe(this::name),
        maybe(this::role),
        maybe(() -> list(this::name).stream().distinct().toList()),
        (int) between(1, Limits.MAX_SLOTS),
        random.nextBoolean(),
        random.nextBoolean(),
        new ClientFrame.Credentials(maybe(this::text), maybe(this::text), maybe(this::text)),
        maybe(this::text),
        seen,
        maybe(this::text));
  }

  private ClientFrame submit(@Nullable RawJson ref) {
    Long delayMs = maybe(this::duration);
    return new ClientFrame.Submit(
        ref,
        name(),
        value(4),
        maybe(this::name),
        random.nextBoolean(),
        maybe(this::key),
        (int) between(0, Limits.MAX_PRIORITY),
        delayMs,
        delayMs == null ? maybe(() -> between(0, Limits.MAX_TIME_MS)) : null,
        duration(),
        (int) between(1, Limits.MAX_ATTEMPTS),
        duration(),
        maybe(this::duration),
        duration(),
        random.nextBoolean(),
        maybe(this::traceparent));
  }

  private Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    for (String room : list(this::name)) {
      counters.put(room, count());
    }
    return counters;
  }

  private ServerFrame registered(@Nullable RawJson ref) {
    return new ServerFrame.Registered(
        ref,
        name(),
        role(),
        text(),
        text(),
        random.nextBoolean(),
        text(),
        text(),
        attempt(),
        count(),
        count(),
        counters());
  }

  private ServerFrame clientList(@Nullable RawJson ref) {
    List<ServerFrame.Presence> clients = list(() -> new ServerFrame.Presence(name(), role()));
    return new ServerFrame.ClientList(ref, clients, clients.size() + random.nextInt(3), count());
  }

  private ServerFrame result() {
    return new ServerFrame.Result(
        name(),
        state(),
        maybe(() -> value(4)),
        maybe(this::error),
        maybe(this::name),
        attempt(),
        count(),
        count());
  }

  private ServerFrame.TaskView taskView() {
    return new ServerFrame.TaskView(
        name(),
        state(),
        name(),
        name(),
        maybe(this::name),
        attempt(),
        attempt(),
        random.nextInt(10),
        count(),
        maybe(this::count),
        maybe(this::count),
        maybe(this::count),
        maybe(this::text),
        maybe(() -> value(3)),
        maybe(this::error));
  }

  private String traceparent() {
    return "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0" + random.nextInt(2);
  }

  private Explanation explanation() {
    return new Explanation(
        value(3),
        maybe(this::count),
        maybe(() -> new Explanation.Why(text(), text(), maybe(this::count), maybe(this::count))));
  }

  private ServerFrame.WorkerView workerView() {
    return new ServerFrame.WorkerView(
        name(),
        list(this::name),
        attempt(),
        attempt(),
        count(),
        count(),
        random.nextBoolean(),
        text());
  }
}
