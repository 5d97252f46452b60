package mutirao.server.gateway.explain;

import java.util.Collection;
import java.util.Locale;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.Worker;
import mutirao.protocol.Messages;
import mutirao.protocol.RawJson;
import mutirao.protocol.view.Explanation;
import mutirao.protocol.view.Explanation.Why;
import org.jspecify.annotations.Nullable;

/** Says why a task does not run, in a sentence. Owned by the gateway's thread. */
public final class Explainer {
  /** Beyond it nobody cares which place in the line it is. */
  private static final int MAX_COUNTED = 10_000;

  private final Departures departures = new Departures();

  /** To be told what happens. */
  public Departures departures() {
    return departures;
  }

  /**
   * What {@code explain} adds to a task's state.
   *
   * @param nowMs the machine's time
   */
  public Explanation explain(State state, Task task, Locale locale, long nowMs) {
    return new Explanation(
        new RawJson(task.spec().params()),
        task.expiresAtMs() == Long.MAX_VALUE ? null : task.expiresAtMs(),
        why(state, task, locale, nowMs));
  }

  private @Nullable Why why(State state, Task task, Locale locale, long nowMs) {
    return switch (task.state()) {
      case SCHEDULED -> scheduled(task, locale, nowMs);
      case QUEUED -> queued(state, task, locale, nowMs);
      case RUNNING, DONE, FAILED, CANCELLED, EXPIRED -> null;
    };
  }

  private static Why scheduled(Task task, Locale locale, long nowMs) {
    String wait = Durations.text(task.notBeforeMs() - nowMs);
    return task.attempt() == 0
        ? new Why(
            "scheduled", Messages.text(locale, "why.scheduled", wait), null, task.notBeforeMs())
        : new Why(
            "backoff",
            Messages.text(locale, "why.backoff", task.attempt(), task.spec().maxAttempts(), wait),
            null,
            task.notBeforeMs());
  }

  private Why queued(State state, Task task, Locale locale, long nowMs) {
    Collection<Worker> workers = state.tasks().search().workersFor(task);
    long position = 1L + state.tasks().search().ahead(task, MAX_COUNTED);
    if (workers.isEmpty()) {
      return nobody(state, task, locale, nowMs, position);
    }
    int slots = 0;
    boolean connected = false;
    for (Worker worker : workers) {
      slots += worker.session().slots();
      connected |= worker.session().connected();
    }
    return connected
        ? new Why(
            "all_busy", Messages.text(locale, "why.all_busy", slots, position), position, null)
        : new Why(
            "worker_absent", Messages.text(locale, "why.broken", workers.size()), position, null);
  }

  private Why nobody(State state, Task task, Locale locale, long nowMs, long position) {
    String operation = task.spec().operation();
    if (task.targetKey() != null) {
      String worker = String.valueOf(task.spec().worker());
      return new Why(
          "worker_absent", Messages.text(locale, "why.worker_absent", worker), position, null);
    }
    for (Worker worker : state.tasks().workers()) {
      if (worker.draining() && worker.knows(operation)) {
        String name = worker.session().name();
        return new Why(
            "draining", Messages.text(locale, "why.draining", operation, name), position, null);
      }
    }
    Departures.Departure last = departures.last(operation);
    String message =
        last == null
            ? Messages.text(locale, "why.no_worker", operation)
            : Messages.text(
                locale,
                "why.no_worker.since",
                operation,
                last.worker(),
                Durations.text(nowMs - last.atMs()));
    return new Why("no_worker", message, position, null);
  }
}
