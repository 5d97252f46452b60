package mutirao.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.protocol.RawJson;
import mutirao.protocol.view.Explanation;
import mutirao.server.gateway.words.TaskIds;
import mutirao.server.local.Inside;
import mutirao.web.http.JsonObject;
import mutirao.web.live.Chronicle;
import org.jspecify.annotations.Nullable;

/** Tasks as JSON. Called where a state may be read. */
final class TaskJson {
  private final Inside inside;
  private final Chronicle chronicle;

  TaskJson(Inside inside, Chronicle chronicle) {
    this.inside = inside;
    this.chronicle = chronicle;
  }

  /** A line of a list. */
  JsonObject line(State state, Task task) {
    boolean scheduled = task.state() == TaskState.SCHEDULED;
    return new JsonObject()
        .put("task", TaskIds.encode(task.id()))
        .put("state", task.state().name().toLowerCase(Locale.ROOT))
        .put("operation", task.spec().operation())
        .put("submitter", task.submitter())
        .optional("worker", task.workerName() == null ? task.spec().worker() : task.workerName())
        .put("attempt", task.attempt())
        .put("max_attempts", task.spec().maxAttempts())
        .put("priority", task.spec().priority())
        .put("accepted_at", task.acceptedAtMs())
        .optional("run_at", scheduled ? task.notBeforeMs() : null)
        .optional("started_at", task.startedAtMs() == 0 ? null : task.startedAtMs())
        .optional("finished_at", task.state().ended() ? task.finishedAtMs() : null)
        .optional("waiting_for", state.tasks().waitingForWorker(task) ? "worker" : null);
  }

  /** All there is to say. */
  JsonObject whole(State state, Task task, Locale language) {
    Explanation explanation = inside.explain(state, task, language);
    Chronicle.Timeline timeline = chronicle.timeline(task);
    return line(state, task)
        .put("params", explanation.params())
        .optional("result", raw(task.result()))
        .optional("error", task.state() == TaskState.DONE ? null : raw(task.error()))
        .optional("expires_at", explanation.expiresAt())
        .optional("key", task.spec().key())
        .put("timeout_ms", task.spec().timeoutMs())
        .optional("progress", progress(chronicle.progress(task)))
        .put("timeline", steps(timeline.steps()))
        .put("timeline_complete", timeline.complete())
        .optional("why", why(explanation.why()));
  }

  private static @Nullable RawJson raw(byte @Nullable [] json) {
    return json == null ? null : new RawJson(json);
  }

  private static @Nullable JsonObject progress(Chronicle.@Nullable Progress progress) {
    return progress == null
        ? null
        : new JsonObject()
            .optional("percent", progress.percent())
            .optional("message", progress.message())
            .put("at", progress.atMs());
  }

  private static List<Object> steps(List<Chronicle.Step> steps) {
    List<Object> written = new ArrayList<>();
    for (Chronicle.Step step : steps) {
      written.add(
          new JsonObject()
              .put("at", step.atMs())
              .put("event", step.kind().wireName())
              .optional("attempt", step.attempt() == 0 ? null : step.attempt())
              .optional("worker", step.worker())
              .optional("detail", step.detail())
              .members());
    }
    return written;
  }

  private static @Nullable JsonObject why(Explanation.@Nullable Why why) {
    return why == null
        ? null
        : new JsonObject()
            .put("code", why.code())
            .put("message", why.message())
            .optional("position", why.position())
            .optional("at", why.at());
  }
}
