package mutirao.protocol.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Frames from a seed: of every type, with every component now missing, now at a bound, now
 * anywhere.
 */
final class Generated {
  private static final String[] SCRAPS = {
    "a", "Z", "0", " ", "\"", "\\", "/", "\b", "\f", "\n", "\r", "\t", "\0", "\u001f", "\u007f",
    "é", "ß", "日", "\u2028", "\uffff", "😀", "{", "}", "[", "]", ",", ":", "'"
  };
  private static final String[] NAME_SCRAPS = {"a", "Z", "0", ".", "_", "-", "é", "日", "𐐀", "Ж"};
  private static final String[] STATES = {
    "scheduled", "queued", "running", "done", "failed", "cancelled", "expired"
  };

  private final Random random;

  Generated(long seed) {
    random = new Random(seed);
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

  private ServerFrame.ServerView serverView() {
    return new ServerFrame.ServerView(name(), maybe(this::text), count(), maybe(this::count));
  }

  ClientFrame clientFrame() {
    RawJson ref = maybe(this::ref);
    return switch (random.nextInt(21)) {
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
      case 13 -> new ClientFrame.Query(ref, name());
      case 14 -> new ClientFrame.Workers(ref);
      case 15 -> new ClientFrame.Tasks(ref, maybe(this::state), page(), maybe(this::name));
      case 16 -> new ClientFrame.Ping(ref);
      case 17 -> new ClientFrame.Pong(ref);
      case 18 -> cluster(ref);
      case 19 -> new ClientFrame.Backup(ref, maybe(this::count));
      default -> new ClientFrame.Quit(ref);
    };
  }

  ServerFrame serverFrame() {
    RawJson ref = maybe(this::ref);
    return switch (random.nextInt(27)) {
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
      case 11 -> new ServerFrame.Task(name(), attempt(), name(), value(4), name(), count());
      case 12 -> result();
      case 13 ->
          new ServerFrame.Progress(
              name(), attempt(), maybe(this::percent), maybe(this::message), maybe(this::name));
      case 14 -> new ServerFrame.Recorded(ref, name(), attempt());
      case 15 -> new ServerFrame.Cancel(name(), attempt());
      case 16 -> new ServerFrame.Cancelled(ref, name());
      case 17 -> new ServerFrame.Draining(ref, attempt());
      case 18 -> new ServerFrame.TaskState(ref, taskView());
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
        random.nextBoolean());
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

  /** Any JSON value, now tightly written and now with white space wherever it may be. */
  RawJson value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> RawJson.of("null");
      case 1 -> RawJson.of(random.nextBoolean() ? "true" : "false");
      case 2 -> RawJson.of(Long.toString(random.nextLong()));
      case 3 ->
          RawJson.of(random.nextInt(100) + "." + random.nextInt(100) + "e-" + random.nextInt(400));
      case 4, 5 -> Json.string(text());
      case 6 ->
          RawJson.of(
              "["
                  + space()
                  + String.join(space() + "," + space(), list(() -> value(depth - 1).toString()))
                  + space()
                  + "]");
      default -> object(depth - 1);
    };
  }

  private RawJson object(int depth) {
    List<String> members = new ArrayList<>();
    for (String key : list(this::text).stream().distinct().toList()) {
      members.add(Json.string(key) + space() + ":" + space() + value(depth));
    }
    return RawJson.of("{" + space() + String.join(",", members) + space() + "}");
  }

  private String space() {
    return random.nextInt(4) == 0 ? " \t" : "";
  }

  private RawJson error() {
    return RawJson.of(
        "{\"code\":\"c"
            + random.nextInt()
            + "\",\"extra\":"
            + value(1)
            + ",\"message\":"
            + message()
            + "}");
  }

  private RawJson ref() {
    if (random.nextBoolean()) {
      return RawJson.of(Long.toString(random.nextLong()));
    }
    return Json.string(cut(text(), Limits.MAX_REF_CHARS));
  }

  private RawJson message() {
    return Json.string("m" + text());
  }

  private RawJson percent() {
    return RawJson.of(
        random.nextBoolean() ? Integer.toString(random.nextInt(101)) : random.nextInt(100) + ".5");
  }

  private String text() {
    return scraps(SCRAPS, random.nextInt(12));
  }

  private String name() {
    return scraps(NAME_SCRAPS, 1 + random.nextInt(20));
  }

  private String room() {
    return random.nextBoolean() ? Limits.DEFAULT_ROOM : name();
  }

  private String key() {
    return "k" + text();
  }

  private String state() {
    return STATES[random.nextInt(STATES.length)];
  }

  private Role role() {
    return Role.values()[random.nextInt(Role.values().length)];
  }

  private int page() {
    return (int) between(1, Limits.MAX_PAGE);
  }

  private int attempt() {
    return (int) between(1, Integer.MAX_VALUE);
  }

  private long duration() {
    return between(1, Limits.MAX_DURATION_MS);
  }

  private long count() {
    return between(0, Long.MAX_VALUE);
  }

  private long between(long min, long max) {
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> Math.min(max, min + random.nextInt(100));
      default -> min + Math.floorMod(random.nextLong(), max - min);
    };
  }

  private String scraps(String[] from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(from[random.nextInt(from.length)]);
    }
    return text.toString();
  }

  private static String cut(String text, int maxChars) {
    return text.codePointCount(0, text.length()) <= maxChars ? text : "cut";
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
