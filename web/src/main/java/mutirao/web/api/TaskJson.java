package mutirao.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.view.Explanation;
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
    ServerFrame.TaskView view = inside.view(state, task);
    return new JsonObject()
        .put("task", view.task())
        .put("state", view.state())
        .put("operation", view.operation())
        .put("submitter", view.submitter())
        .optional("worker", view.worker())
        .put("attempt", view.attempt())
        .put("max_attempts", view.maxAttempts())
        .put("priority", view.priority())
        .put("accepted_at", view.acceptedAt())
        .optional("run_at", view.runAt())
        .optional("started_at", view.startedAt())
        .optional("finished_at", view.finishedAt())
        .optional("waiting_for", view.waitingFor());
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
