package mutirao.protocol.codec;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Names;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;

/** Reads what clients send and checks every value against {@link Limits}. */
final class ClientFrameDecoder extends FrameDecoder<ClientFrame> {
  static final ClientFrameDecoder INSTANCE = new ClientFrameDecoder();

  /** Where {@code seen} keeps the last direct message; no room can have this name. */
  private static final String DIRECTS = "@";

  private static final RawJson NULL = RawJson.of("null");
  private static final Set<String> STATES =
      Set.of("scheduled", "queued", "running", "done", "failed", "cancelled", "expired");

  private static final Set<String> KINDS = Set.of("message", "task");

  private ClientFrameDecoder() {}

  @Override
  @Nullable ClientFrame decode(Fields f) {
    RawJson ref = f.ref();
    String type = f.requiredText(Field.TYPE);
    if (f.problem() != null) {
      return null;
    }
    return switch (type) {
      case "submit" -> submit(f, ref);
      case "done" -> done(f, ref);
      case "broadcast" -> new ClientFrame.Broadcast(ref, room(f), message(f), key(f));
      case "direct" -> new ClientFrame.Direct(ref, peer(f, Field.TARGET), message(f), key(f));
      case "progress" -> progress(f, ref);
      case "failed" -> failed(f, ref);
      case "ping" -> new ClientFrame.Ping(ref);
      case "pong" -> new ClientFrame.Pong(ref);
      case "query" ->
          new ClientFrame.Query(
              ref, task(f), f.flag(Field.ANY, false), f.flag(Field.EXPLAIN, false));
      case "cancel" -> new ClientFrame.Cancel(ref, task(f));
      case "status" -> new ClientFrame.Status(ref);
      case "join" -> new ClientFrame.Join(ref, f.required(Field.ROOM, name(f, Field.ROOM), ""));
      case "leave" -> new ClientFrame.Leave(ref, f.required(Field.ROOM, name(f, Field.ROOM), ""));
      case "history" -> history(f, ref);
      case "search" -> search(f, ref);
      case "workers" -> new ClientFrame.Workers(ref);
      case "tasks" -> tasks(f, ref);
      case "cluster" -> cluster(f, ref);
      case "backup" ->
          new ClientFrame.Backup(
              ref,
              f.has(Field.OFFSET)
                  ? Long.valueOf(f.integer(Field.OFFSET, 0, Long.MAX_VALUE, 0))
                  : null);
      case "account" -> AccountFields.account(f, ref);
      case "drain" -> new ClientFrame.Drain(ref);
      case "register" -> register(f, ref);
      case "quit" -> new ClientFrame.Quit(ref);
      default -> {
        f.fail(Problem.of(ref, ErrorCode.UNKNOWN_TYPE, "unknown_type", Fields.shorten(type)));
        yield null;
      }
    };
  }

  private static ClientFrame cluster(Fields f, @Nullable RawJson ref) {
    String wanted = f.text(Field.ACTION);
    ClientFrame.ClusterAction action =
        wanted == null ? ClientFrame.ClusterAction.STATUS : action(wanted);
    if (action == null) {
      f.fail(Field.ACTION, "invalid.choice", "status, add, remove, transfer");
      action = ClientFrame.ClusterAction.STATUS;
    }
    boolean aboutOne = action != ClientFrame.ClusterAction.STATUS;
    boolean added = action == ClientFrame.ClusterAction.ADD;
    return new ClientFrame.Cluster(
        ref,
        action,
        aboutOne ? f.required(Field.NODE, name(f, Field.NODE), "") : null,
        added ? f.requiredText(Field.ADDRESS) : null);
  }

  private static ClientFrame.@Nullable ClusterAction action(String wireName) {
    for (ClientFrame.ClusterAction action : ClientFrame.ClusterAction.values()) {
      if (action.wireName().equals(wireName)) {
        return action;
      }
    }
    return null;
  }

  private static ClientFrame register(Fields f, @Nullable RawJson ref) {
    boolean named = f.has(Field.NAME) && !"".equals(f.text(Field.NAME));
    return new ClientFrame.Register(
        ref,
        named ? name(f, Field.NAME) : null,
        role(f),
        operations(f),
        (int) f.integer(Field.SLOTS, 1, Limits.MAX_SLOTS, 1),
        f.flag(Field.CONFIRM, false),
        f.flag(Field.PRESENCE, true),
        credentials(f),
        f.text(Field.RESUME),
        seen(f),
        f.text(Field.LANG));
  }

  private static @Nullable Role role(Fields f) {
    String wireName = f.text(Field.ROLE);
    if (wireName == null) {
      return null;
    }
    Role role = Role.fromWire(wireName).orElse(null);
    if (role == null) {
      f.fail(Field.ROLE, "invalid.choice", "client, worker, task_client, observer");
    }
    return role;
  }

  static @Nullable List<String> operations(Fields f) {
    List<String> given = f.texts(Field.OPERATIONS);
    if (given == null) {
      return null;
    }
    Set<String> operations = new LinkedHashSet<>();
    for (String operation : given) {
      String name = Names.normalizeOperation(operation);
      if (name == null) {
        f.fail(Field.OPERATIONS, "invalid.operation", Limits.MAX_OPERATION_CHARS);
        return List.of();
      }
      operations.add(name);
    }
    if (operations.size() > Limits.MAX_OPERATIONS) {
      f.fail(Field.OPERATIONS, "invalid.count", Limits.MAX_OPERATIONS);
    }
    return List.copyOf(operations);
  }

  private static ClientFrame.Credentials credentials(Fields f) {
    String token = f.text(Field.TOKEN);
    String username = f.text(Field.USERNAME);
    String password = f.text(Field.PASSWORD);
    return token == null && username == null && password == null
        ? ClientFrame.Credentials.NONE
        : new ClientFrame.Credentials(token, username, password);
  }

  private static Map<String, Long> seen(Fields f) {
    Map<String, Long> given = f.counters(Field.SEEN);
    if (given.isEmpty()) {
      return given;
    }
    Map<String, Long> seen = new LinkedHashMap<>();
    given.forEach(
        (room, seq) -> {
          String name = room.equals(DIRECTS) ? DIRECTS : Names.normalize(room);
          if (name == null) {
            f.fail(Field.SEEN, "invalid.counters");
          } else {
            seen.put(name, seq);
          }
        });
    return seen;
  }

  private static ClientFrame history(Fields f, @Nullable RawJson ref) {
    return new ClientFrame.History(
        ref, room(f), limit(f), f.integer(Field.BEFORE_SEQ, 0, Long.MAX_VALUE));
  }

  private static ClientFrame search(Fields f, @Nullable RawJson ref) {
    String kind = f.text(Field.KIND);
    if (kind != null && !KINDS.contains(kind)) {
      f.fail(Field.KIND, "invalid.choice", "message, task");
    }
    boolean messages = f.has(Field.ROOM) || "message".equals(kind);
    boolean tasks = f.has(Field.TASK) || f.has(Field.OPERATION) || "task".equals(kind);
    if (messages && tasks) {
      f.fail(f.has(Field.ROOM) ? Field.ROOM : Field.KIND, "invalid.messages_and_tasks");
    }
    return new ClientFrame.Search(
        ref,
        f.text(Field.WORDS, Limits.MAX_SEARCH_CHARS),
        kind,
        name(f, Field.ROOM),
        f.text(Field.TASK, Limits.MAX_TASK_CHARS),
        f.has(Field.OPERATION) ? operation(f) : null,
        f.has(Field.BY) ? peer(f, Field.BY) : null,
        f.integer(Field.SINCE, 0, Limits.MAX_TIME_MS),
        f.integer(Field.UNTIL, 0, Limits.MAX_TIME_MS),
        f.flag(Field.ANY, false),
        limit(f),
        f.text(Field.CURSOR, Limits.MAX_CURSOR_CHARS));
  }

  private static ClientFrame submit(Fields f, @Nullable RawJson ref) {
    RawJson params = f.raw(Field.PARAMS);
    if (f.has(Field.DELAY_MS) && f.has(Field.RUN_AT)) {
      f.fail(Field.RUN_AT, "invalid.delay_and_run_at");
    }
    return new ClientFrame.Submit(
        ref,
        operation(f),
        params == null ? RawJson.EMPTY_OBJECT : params,
        f.has(Field.WORKER) ? peer(f, Field.WORKER) : null,
        f.flag(Field.FALLBACK, false),
        key(f),
        (int) f.integer(Field.PRIORITY, 0, Limits.MAX_PRIORITY, Limits.DEFAULT_PRIORITY),
        f.integer(Field.DELAY_MS, 0, Limits.MAX_DURATION_MS),
        f.integer(Field.RUN_AT, 0, Limits.MAX_TIME_MS),
        f.integer(Field.TIMEOUT_MS, 1, Limits.MAX_DURATION_MS, Limits.DEFAULT_TIMEOUT_MS),
        (int) f.integer(Field.MAX_ATTEMPTS, 1, Limits.MAX_ATTEMPTS, Limits.DEFAULT_MAX_ATTEMPTS),
        f.integer(Field.BACKOFF_MS, 0, Limits.MAX_DURATION_MS, Limits.DEFAULT_BACKOFF_MS),
        f.integer(Field.EXPIRES_MS, 1, Limits.MAX_DURATION_MS),
        f.integer(Field.KEEP_MS, 0, Limits.MAX_DURATION_MS, Limits.DEFAULT_KEEP_MS),
        f.flag(Field.QUIET, false),
        traceparent(f));
  }

  /**
   * As W3C Trace Context has it: what is no such thing would be no use to whoever collects them.
   */
  private static @Nullable String traceparent(Fields f) {
    String given = f.text(Field.TRACEPARENT);
    if (given != null && !Limits.allowsTraceparent(given)) {
      f.fail(Field.TRACEPARENT, "invalid.traceparent");
    }
    return given;
  }

  private static ClientFrame done(Fields f, @Nullable RawJson ref) {
    RawJson result = f.raw(Field.RESULT);
    return new ClientFrame.Done(ref, task(f), attempt(f), result == null ? NULL : result);
  }

  private static ClientFrame failed(Fields f, @Nullable RawJson ref) {
    Fields error = f.object(Field.ERROR);
    if (error != null) {
      error.requiredText(Field.CODE, Limits.MAX_WORKER_ERROR_CODE_CHARS);
      error.required(Field.MESSAGE, error.rawText(Field.MESSAGE, 0, Limits.MAX_NOTE_BYTES), NULL);
      f.adopt(Field.ERROR, error);
    }
    return new ClientFrame.Failed(
        ref,
        task(f),
        attempt(f),
        f.required(Field.ERROR, f.rawUnlessNull(Field.ERROR), RawJson.EMPTY_OBJECT),
        f.flag(Field.RETRY, true));
  }

  private static ClientFrame progress(Fields f, @Nullable RawJson ref) {
    return new ClientFrame.Progress(
        ref, task(f), attempt(f), percent(f), f.rawText(Field.MESSAGE, 0, Limits.MAX_NOTE_BYTES));
  }

  private static @Nullable RawJson percent(Fields f) {
    RawJson percent = f.rawUnlessNull(Field.PERCENT);
    if (percent == null) {
      return null;
    }
    boolean isNumber = f.is(Field.PERCENT, Fields.INTEGER) || f.is(Field.PERCENT, Fields.DECIMAL);
    double value = isNumber ? Double.parseDouble(percent.toString()) : -1;
    if (value < 0 || value > 100) {
      f.fail(Field.PERCENT, "invalid.percent");
    }
    return percent;
  }

  private static ClientFrame tasks(Fields f, @Nullable RawJson ref) {
    String state = f.text(Field.STATE);
    if (state != null && !STATES.contains(state)) {
      f.fail(
          Field.STATE,
          "invalid.choice",
          "scheduled, queued, running, done, failed, cancelled, expired");
    }
    return new ClientFrame.Tasks(ref, state, limit(f), f.text(Field.BEFORE, Limits.MAX_TASK_CHARS));
  }

  private static String operation(Fields f) {
    String given = f.requiredText(Field.OPERATION);
    String operation = Names.normalizeOperation(given);
    if (operation == null) {
      f.fail(Field.OPERATION, "invalid.operation", Limits.MAX_OPERATION_CHARS);
      return "";
    }
    return operation;
  }

  private static String room(Fields f) {
    String room = name(f, Field.ROOM);
    return room == null ? Limits.DEFAULT_ROOM : room;
  }

  private static @Nullable String name(Fields f, Field field) {
    String given = f.text(field);
    if (given == null) {
      return null;
    }
    String name = Names.normalize(given);
    if (name == null) {
      f.fail(field, "invalid.name", Limits.MAX_NAME_CHARS);
      return "";
    }
    return name;
  }

  /**
   * Somebody else's name: what no peer can be called is a name that nobody has, not a wrong value.
   */
  private static String peer(Fields f, Field field) {
    String given = f.requiredText(field, Limits.MAX_NAME_CHARS);
    String name = Names.normalize(given);
    return name == null ? given : name;
  }

  private static RawJson message(Fields f) {
    RawJson message = f.rawText(Field.MESSAGE, 1, Limits.MAX_MESSAGE_BYTES);
    return f.required(Field.MESSAGE, message, NULL);
  }

  private static @Nullable String key(Fields f) {
    return f.text(Field.KEY, Limits.MAX_KEY_CHARS);
  }

  private static String task(Fields f) {
    return f.requiredText(Field.TASK, Limits.MAX_TASK_CHARS);
  }

  private static int attempt(Fields f) {
    return (int) f.requiredInteger(Field.ATTEMPT, 1, Integer.MAX_VALUE);
  }

  private static int limit(Fields f) {
    return (int) f.integer(Field.LIMIT, 1, Limits.MAX_PAGE, Limits.DEFAULT_PAGE);
  }
}
