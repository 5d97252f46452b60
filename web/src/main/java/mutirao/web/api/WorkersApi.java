package mutirao.web.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mutirao.core.Command;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.Worker;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.access.Permissions.Action;
import mutirao.server.gateway.Desk;
import mutirao.server.gateway.words.TaskIds;
import mutirao.web.http.ApiException;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.line.Line;
import mutirao.web.live.LastFinished;

/** Workers: who they are, what they have; and that one takes nothing more. */
final class WorkersApi {
  private static final int OK = 200;

  private final Callers callers;
  private final LastFinished lastFinished;

  WorkersApi(Callers callers, LastFinished lastFinished) {
    this.callers = callers;
    this.lastFinished = lastFinished;
  }

  void list(Context context) {
    Requests.answer(
        context,
        OK,
        Requests.await(
            context,
            callers.line(context).read(Action.LOOK, this::workers, Requests.language(context))));
  }

  private JsonObject workers(State state, Desk.Asker asker) {
    List<Object> workers = new ArrayList<>();
    for (Worker worker : state.tasks().workers()) {
      Session session = worker.session();
      List<String> running = new ArrayList<>();
      for (Task task : worker.running()) {
        if (asker.owns(state, task)) {
          running.add(TaskIds.encode(task.id()));
        }
      }
      workers.add(
          new JsonObject()
              .put("name", session.name())
              .put("operations", session.operations())
              .put("slots", session.slots())
              .put("busy", worker.busy())
              .put("done", worker.done())
              .put("failed", worker.failed())
              .put("draining", worker.draining())
              .put("connected", session.connected())
              .put("node", session.origin() == null ? null : session.origin().node())
              .put("last_finished_at", lastFinished.of(session.name()))
              .put("running", running)
              .members());
    }
    return new JsonObject().put("workers", workers);
  }

  void drain(Context context) {
    Line line = callers.line(context);
    Locale language = Requests.language(context);
    String name = context.pathParam("name");
    long session =
        Requests.await(
            context,
            line.read(
                Action.ADMINISTER,
                (state, _) -> {
                  Session found = state.sessions().byNameKey(Names.key(name));
                  return found == null || state.tasks().worker(found.id()) == null
                      ? 0L
                      : found.id();
                },
                language));
    if (session == 0) {
      throw new ApiException(
          language,
          Problem.field(null, ErrorCode.UNKNOWN_WORKER, "worker", "unknown_worker", name));
    }
    Reply reply =
        Requests.await(
            context, line.propose(Action.ADMINISTER, new Command.DrainWorker(session), language));
    int running = reply instanceof Reply.Draining draining ? draining.running() : 0;
    Requests.answer(context, OK, new JsonObject().put("name", name).put("running", running));
  }
}
