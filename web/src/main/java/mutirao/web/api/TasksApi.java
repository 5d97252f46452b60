package mutirao.web.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import mutirao.core.State;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskSearch;
import mutirao.core.task.TaskState;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import mutirao.server.access.Permissions.Action;
import mutirao.server.gateway.Desk;
import mutirao.server.gateway.words.TaskIds;
import mutirao.web.http.ApiException;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.line.Line;
import mutirao.web.live.Waiters;
import org.jspecify.annotations.Nullable;

/** Handing in tasks, and looking at them. */
final class TasksApi {
  /** Tasks looked at for one page: more would hold everybody up. */
  private static final int MOST_SEEN = 20_000;

  private static final int MAX_BATCH = 1000;
  private static final int ACCEPTED = 202;
  private static final int OK = 200;

  private final Callers callers;
  private final TaskJson json;
  private final Endings endings;

  TasksApi(Callers callers, TaskJson json, Waiters waiters) {
    this.callers = callers;
    this.json = json;
    this.endings = new Endings(json, waiters);
  }

  void submit(Context context) {
    Line line = callers.line(context);
    long waitMs = Requests.waitMs(context);
    ServerFrame.Accepted accepted =
        Requests.await(
            context,
            submit(line, Requests.json(context), traceOf(context), Requests.language(context)));
    context.header("Location", "/api/tasks/" + accepted.task());
    if (waitMs > 0) {
      JsonObject task = look(context, line, accepted.task(), waitMs);
      if (Endings.over(task)) {
        Requests.answer(context, OK, task);
        return;
      }
    }
    Requests.answer(context, ACCEPTED, json(accepted));
  }

  /** Results are looked up by whoever asks, and so not kept for a session of this edge's. */
  static CompletableFuture<ServerFrame.Accepted> submit(
      Line line, RawJson body, @Nullable String trace, Locale language) {
    return line.ask(
        "submit",
        body,
        ClientFrame.Submit.class,
        submit -> quiet(submit, trace),
        ServerFrame.Accepted.class,
        language);
  }

  private static ClientFrame.Submit quiet(ClientFrame.Submit submit, @Nullable String trace) {
    return new ClientFrame.Submit(
        submit.ref(),
        submit.operation(),
        submit.params(),
        submit.worker(),
        submit.fallback(),
        submit.key(),
        submit.priority(),
        submit.delayMs(),
        submit.runAt(),
        submit.timeoutMs(),
        submit.maxAttempts(),
        submit.backoffMs(),
        submit.expiresMs(),
        submit.keepMs(),
        true,
        submit.traceparent() == null ? trace : submit.traceparent());
  }

  /** The caller's trace; what is none is left out, as its standard wants it. */
  private static @Nullable String traceOf(Context context) {
    String given = context.header("traceparent");
    return given != null && Limits.allowsTraceparent(given) ? given : null;
  }

  static JsonObject json(ServerFrame.Accepted accepted) {
    return new JsonObject()
        .put("task", accepted.task())
        .put("state", accepted.state())
        .optional("duplicate", accepted.duplicate() ? true : null)
        .optional("waiting_for", accepted.waitingFor());
  }

  /** Many at once; with {@code wait} each answer is the task as it has ended, if it has. */
  void batch(Context context) {
    Line line = callers.line(context);
    Locale language = Requests.language(context);
    long waitMs = Requests.waitMs(context);
    List<CompletableFuture<ServerFrame.Accepted>> asked = new ArrayList<>();
    for (Object task : list(context, "tasks")) {
      asked.add(
          task instanceof Map<?, ?>
              ? submit(line, Json.write(task), traceOf(context), language)
              : CompletableFuture.failedFuture(
                  Problems.invalid(language, "tasks", "invalid.objects")));
    }
    Map<String, JsonObject> accepted = new LinkedHashMap<>();
    List<Supplier<JsonObject>> answers = new ArrayList<>();
    for (CompletableFuture<ServerFrame.Accepted> each : asked) {
      try {
        ServerFrame.Accepted frame = Requests.await(context, each);
        accepted.put(frame.task(), json(frame));
        answers.add(() -> accepted.getOrDefault(frame.task(), json(frame)));
      } catch (ApiException e) {
        answers.add(() -> new JsonObject().put("error", Problems.object(e)));
      }
    }
    if (waitMs > 0) {
      putEnded(accepted, context, line, waitMs);
    }
    List<Object> written = new ArrayList<>();
    answers.forEach(answer -> written.add(answer.get().members()));
    Requests.answer(context, OK, new JsonObject().put("tasks", written));
  }

  /** Puts those that end in time in the places of what was accepted. */
  private void putEnded(Map<String, JsonObject> accepted, Context context, Line line, long waitMs) {
    List<String> ids = List.copyOf(accepted.keySet());
    List<@Nullable JsonObject> now = endings.await(context, line, ids, waitMs);
    for (int i = 0; i < ids.size(); i++) {
      JsonObject task = now.get(i);
      if (task != null && Endings.over(task)) {
        accepted.put(ids.get(i), task);
      }
    }
  }

  void list(Context context) {
    Locale language = Requests.language(context);
    TaskState wanted = state(context);
    String operation = Requests.query(context, "operation");
    String submitter = key(Requests.query(context, "submitter"));
    String worker = key(Requests.query(context, "worker"));
    int limit = (int) Requests.number(context, "limit", 1, Limits.MAX_PAGE, Limits.DEFAULT_PAGE);
    long beforeId = before(context);
    Predicate<Task> filter =
        task ->
            (wanted == null || task.state() == wanted)
                && (operation == null || task.spec().operation().equals(operation))
                && (worker == null
                    || worker.equals(key(task.workerName()))
                    || worker.equals(key(task.spec().worker())));
    JsonObject page =
        Requests.await(
            context,
            callers
                .line(context)
                .read(
                    Action.SEE_TASKS,
                    (state, asker) -> page(state, asker, submitter, filter, beforeId, limit),
                    language));
    Requests.answer(context, OK, page);
  }

  private JsonObject page(
      State state,
      Desk.Asker asker,
      @Nullable String submitter,
      Predicate<Task> filter,
      long beforeId,
      int limit) {
    Session session = state.sessions().byId(asker.session());
    Predicate<String> submitters =
        key ->
            (submitter == null || submitter.equals(key))
                && (asker.seesAll()
                    || (session != null && state.accounts().owns(session, key, state.nowMs())));
    TaskSearch.Found found =
        state.tasks().search().of(submitters, filter, beforeId, limit, MOST_SEEN);
    Long next = found.next();
    return new JsonObject()
        .put("tasks", found.tasks().stream().map(task -> json.line(state, task).members()).toList())
        .put("next", next == null ? null : TaskIds.encode(next));
  }

  void one(Context context) {
    Line line = callers.line(context);
    Requests.answer(
        context, OK, look(context, line, context.pathParam("id"), Requests.waitMs(context)));
  }

  private JsonObject look(Context context, Line line, String id, long waitMs) {
    JsonObject found = endings.await(context, line, List.of(id), waitMs).getFirst();
    if (found == null) {
      throw unknown(Requests.language(context));
    }
    return found;
  }

  static ApiException unknown(Locale language) {
    return new ApiException(
        language, Problem.field(null, ErrorCode.UNKNOWN_TASK, "task", "unknown_task"));
  }

  private static long before(Context context) {
    String cursor = Requests.query(context, "before");
    long id = cursor == null ? Long.MAX_VALUE : TaskIds.decode(cursor);
    if (id == 0) {
      throw Problems.invalid(Requests.language(context), "before", "invalid.cursor");
    }
    return id;
  }

  private static @Nullable TaskState state(Context context) {
    String name = Requests.query(context, "state");
    if (name == null) {
      return null;
    }
    for (TaskState state : TaskState.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
        return state;
      }
    }
    throw Problems.invalid(
        Requests.language(context),
        "state",
        "invalid.choice",
        "scheduled, queued, running, done, failed, cancelled, expired");
  }

  private static @Nullable String key(@Nullable String name) {
    return name == null ? null : Names.key(name);
  }

  /** An array of the body's, of a length that can be dealt with at once. */
  static List<?> list(Context context, String field) {
    Object value = Requests.object(context).get(field);
    Locale language = Requests.language(context);
    if (!(value instanceof List<?> list)) {
      throw Problems.invalid(language, field, "invalid.array");
    }
    if (list.size() > MAX_BATCH) {
      throw Problems.invalid(language, field, "invalid.count", MAX_BATCH);
    }
    return list;
  }
}
