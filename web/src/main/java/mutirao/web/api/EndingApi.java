package mutirao.web.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import mutirao.core.Command;
import mutirao.core.task.Task;
import mutirao.core.task.TaskSpec;
import mutirao.protocol.RawJson;
import mutirao.server.access.Permissions.Action;
import mutirao.server.gateway.Desk;
import mutirao.server.gateway.words.TaskIds;
import mutirao.web.http.ApiException;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.line.Line;

/** Ending tasks, and having them done again; one, or many at once. */
final class EndingApi {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final Callers callers;

  EndingApi(Callers callers) {
    this.callers = callers;
  }

  /** What a task's owner may do with it: found out where the state is read. */
  private record Found(Desk.Asker asker, TaskSpec spec) {}

  void cancel(Context context) {
    Requests.answer(context, OK, Requests.await(context, cancel(context, context.pathParam("id"))));
  }

  void retry(Context context) {
    Requests.answer(
        context, ACCEPTED, Requests.await(context, retry(context, context.pathParam("id"))));
  }

  void cancelMany(Context context) {
    many(context, this::cancel);
  }

  void retryMany(Context context) {
    many(
        context,
        (request, id) ->
            retry(request, id)
                .thenApply(again -> new JsonObject().put("new_task", again.members().get("task"))));
  }

  private CompletableFuture<JsonObject> cancel(Context context, String id) {
    Line line = callers.line(context);
    Locale language = Requests.language(context);
    return found(line, id, language)
        .thenCompose(
            found ->
                line.propose(
                    Action.SUBMIT,
                    new Command.CancelTask(
                        found.asker().seesAll()
                            ? Command.CancelTask.BY_AN_ADMIN
                            : found.asker().session(),
                        TaskIds.decode(id)),
                    language))
        .thenApply(_ -> new JsonObject().put("task", id).put("state", "cancelled"));
  }

  /** The same work, as a task of whoever asks: the one that ended stays as it ended. */
  private CompletableFuture<JsonObject> retry(Context context, String id) {
    Line line = callers.line(context);
    Locale language = Requests.language(context);
    return found(line, id, language)
        .thenCompose(found -> TasksApi.submit(line, again(found.spec()), null, language))
        .thenApply(TasksApi::json);
  }

  private static RawJson again(TaskSpec spec) {
    return new JsonObject()
        .put("operation", spec.operation())
        .put("params", new RawJson(spec.params()))
        .optional("worker", spec.worker())
        .put("fallback", spec.fallback())
        .put("priority", spec.priority())
        .put("timeout_ms", spec.timeoutMs())
        .put("max_attempts", spec.maxAttempts())
        .put("backoff_ms", spec.backoffMs())
        .optional("expires_ms", spec.expiresMs())
        .put("keep_ms", spec.keepMs())
        .toJson();
  }

  private static CompletableFuture<Found> found(Line line, String id, Locale language) {
    return line.read(
            Action.SUBMIT,
            (state, asker) -> {
              Task task = asker.task(state, TaskIds.decode(id));
              return Optional.ofNullable(task).map(own -> new Found(asker, own.spec()));
            },
            language)
        .thenApply(found -> found.orElseThrow(() -> TasksApi.unknown(language)));
  }

  private static void many(
      Context context, BiFunction<Context, String, CompletableFuture<JsonObject>> deed) {
    List<String> ids = new ArrayList<>();
    List<CompletableFuture<JsonObject>> asked = new ArrayList<>();
    for (Object id : TasksApi.list(context, "tasks")) {
      ids.add(String.valueOf(id));
      asked.add(deed.apply(context, String.valueOf(id)));
    }
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      results.add(result(context, ids.get(i), asked.get(i)).members());
    }
    Requests.answer(context, OK, new JsonObject().put("results", results));
  }

  private static JsonObject result(
      Context context, String id, CompletableFuture<JsonObject> asked) {
    JsonObject result = new JsonObject().put("task", id);
    try {
      JsonObject done = Requests.await(context, asked);
      return result.put("ok", true).optional("new_task", done.members().get("new_task"));
    } catch (ApiException e) {
      return result.put("ok", false).put("error", Problems.object(e));
    }
  }
}
