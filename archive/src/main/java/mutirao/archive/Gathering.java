package mutirao.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongFunction;
import mutirao.archive.store.Row;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/** What of an entry's events is worth keeping. Runs on the machine's thread: no copies, no I/O. */
final class Gathering {
  private final int maxPayloadBytes;
  private final LongFunction<String> taskIds;

  Gathering(int maxPayloadBytes, LongFunction<String> taskIds) {
    this.maxPayloadBytes = maxPayloadBytes;
    this.taskIds = taskIds;
  }

  List<Row> rows(List<Event> events, State state) {
    List<Row> rows = List.of();
    for (Event event : events) {
      Row row =
          switch (event) {
            case Event.TaskFinished finished -> task(finished, state);
            case Event.MessagePosted posted -> message(posted, state);
            case Event.DirectSent sent -> direct(sent, events, state);
            case Event.OfSession _, Event.OfRoom _, Event.OfTask _, Event.OfAccount _ -> null;
          };
      if (row != null) {
        rows = rows.isEmpty() ? new ArrayList<>(2) : rows;
        rows.add(row);
      }
    }
    return rows;
  }

  private static Row message(Event.MessagePosted posted, State state) {
    return new Row.Message(
        state.lastIndex(),
        posted.timeMs(),
        posted.room(),
        null,
        posted.seq(),
        posted.sender(),
        posted.text());
  }

  private static Row direct(Event.DirectSent sent, List<Event> events, State state) {
    return new Row.Message(
        state.lastIndex(),
        sent.timeMs(),
        null,
        receiver(sent.session(), events, state),
        sent.seq(),
        sent.sender(),
        sent.text());
  }

  private Row task(Event.TaskFinished finished, State state) {
    // A task is never forgotten within the entry that ends it.
    Task task = Objects.requireNonNull(state.tasks().byId(finished.task()));
    byte[] params = task.spec().params();
    byte[] result = task.result();
    byte[] error = task.error();
    int omitted =
        (fits(params) ? 0 : Row.Task.PARAMS)
            | (fits(result) ? 0 : Row.Task.RESULT)
            | (fits(error) ? 0 : Row.Task.ERROR);
    return new Row.Task(
        state.lastIndex(),
        finished.timeMs(),
        taskIds.apply(task.id()),
        task.spec().operation(),
        task.submitter(),
        task.workerName(),
        name(finished.state()),
        task.attempt(),
        task.acceptedAtMs(),
        task.startedAtMs(),
        fits(params) ? params : null,
        fits(result) ? result : null,
        fits(error) ? error : null,
        omitted);
  }

  private boolean fits(byte @Nullable [] payload) {
    return payload == null || payload.length <= maxPayloadBytes;
  }

  private static String name(TaskState state) {
    return state == TaskState.DONE ? "done" : state.name().toLowerCase(Locale.ROOT);
  }

  /** The name behind a session that may have ended within the same entry. */
  private static String receiver(long id, List<Event> events, State state) {
    Session session = state.sessions().byId(id);
    if (session != null) {
      return session.name();
    }
    return events.stream()
        .filter(Event.SessionClosed.class::isInstance)
        .map(Event.SessionClosed.class::cast)
        .filter(closed -> closed.session() == id)
        .map(Event.SessionClosed::name)
        .findFirst()
        .orElseThrow();
  }
}
