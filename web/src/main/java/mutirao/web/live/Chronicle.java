package mutirao.web.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.protocol.RawJson;
import mutirao.server.gateway.history.Observer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what happened to tasks lately: every step of every task, as long as there is room. A
 * ring, because a step is written for each event of a busy server, and read when somebody looks.
 * Owned by the server's loop.
 */
public final class Chronicle implements Observer {
  /** Steps that are remembered; a power of two. */
  static final int STEPS = 1 << 17;

  /** How far an attempt is, of as many tasks. */
  private static final int MAX_PROGRESS = 10_000;

  /** What can happen to a task. */
  public enum Kind {
    ACCEPTED,
    SCHEDULED,
    QUEUED,
    STARTED,
    PROGRESS,
    RETRY,
    TIMED_OUT,
    WORKER_LOST,
    DONE,
    FAILED,
    CANCELLED,
    EXPIRED;

    /** As it stands in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One step.
   *
   * @param attempt 0: it belongs to none
   * @param detail the error of a retry or an end that is none, as JSON
   */
  public record Step(
      long atMs, Kind kind, int attempt, @Nullable String worker, @Nullable RawJson detail) {}

  /**
   * What is known of one task.
   *
   * @param complete whether it begins with the task
   */
  public record Timeline(List<Step> steps, boolean complete) {}

  /** How far an attempt is. */
  public record Progress(
      int attempt, @Nullable RawJson percent, @Nullable RawJson message, long atMs) {}

  private record Attempt(int number, @Nullable String worker) {}

  private static final Attempt NO_ATTEMPT = new Attempt(0, null);

  /** What runs, as far as it began before this server's eyes. */
  private final Map<Long, Attempt> running = new HashMap<>();

  private final long[] tasks = new long[STEPS];
  private final Step[] steps = new Step[STEPS];
  private long written;
  private final Recent<Progress> progress = new Recent<>(MAX_PROGRESS);

  @Override
  public void applied(List<Event> events, State state) {
    for (Event event : events) {
      if (event instanceof Event.OfTask ofTask) {
        task(ofTask, state);
      }
    }
  }

  @Override
  public void replaced() {
    running.clear();
  }

  private void task(Event.OfTask event, State state) {
    switch (event) {
      case Event.TaskAccepted accepted -> {
        write(accepted.task(), new Step(accepted.timeMs(), Kind.ACCEPTED, 0, null, null));
        if (accepted.notBeforeMs() > accepted.timeMs()) {
          write(accepted.task(), new Step(accepted.notBeforeMs(), Kind.SCHEDULED, 0, null, null));
        }
      }
      case Event.TaskQueued queued -> queued(queued, state);
      case Event.TaskStarted started -> {
        String worker = name(state, started.worker());
        running.put(started.task(), new Attempt(started.attempt(), worker));
        write(
            started.task(),
            new Step(started.timeMs(), Kind.STARTED, started.attempt(), worker, null));
      }
      case Event.TaskRetryScheduled retry -> {
        Attempt failed = ended(retry.task(), state);
        write(
            retry.task(),
            new Step(
                state.nowMs(),
                Kind.RETRY,
                failed.number(),
                failed.worker(),
                new RawJson(retry.error())));
      }
      case Event.TaskFinished finished -> {
        running.remove(finished.task());
        Task task = state.tasks().byId(finished.task());
        byte[] error = finished.error();
        write(
            finished.task(),
            new Step(
                finished.timeMs(),
                end(finished.state()),
                task == null ? 0 : task.attempt(),
                task == null ? null : task.workerName(),
                error == null ? null : new RawJson(error)));
        progress.remove(finished.task());
      }
      case Event.TaskProgressed told ->
          noteProgress(
              told.task(), told.attempt(), raw(told.percent()), raw(told.message()), state.nowMs());
      case Event.TaskRenewed _,
          Event.ResultsHandedOver _,
          Event.AttemptRevoked _,
          Event.TaskForgotten _,
          Event.WorkerDraining _ -> {}
    }
  }

  private void queued(Event.TaskQueued queued, State state) {
    Kind kind =
        switch (queued.because()) {
          case DUE, FALLBACK -> Kind.QUEUED;
          case WORKER_LOST -> Kind.WORKER_LOST;
          case TIMED_OUT -> Kind.TIMED_OUT;
        };
    Attempt ended = kind == Kind.QUEUED ? NO_ATTEMPT : ended(queued.task(), state);
    write(queued.task(), new Step(state.nowMs(), kind, ended.number(), ended.worker(), null));
  }

  /**
   * The attempt that has just ended. The state may be further: the next one begins in the same
   * entry where a worker is free.
   */
  private Attempt ended(long id, State state) {
    Attempt known = running.remove(id);
    if (known != null) {
      return known;
    }
    Task task = state.tasks().byId(id);
    boolean further = task != null && task.state() == TaskState.RUNNING;
    return task == null
        ? NO_ATTEMPT
        : new Attempt(
            further ? task.attempt() - 1 : task.attempt(), further ? null : task.workerName());
  }

  @Override
  public void progressed(
      long task, int attempt, @Nullable RawJson percent, @Nullable RawJson message) {
    noteProgress(task, attempt, percent, message, System.currentTimeMillis());
  }

  private void noteProgress(
      long task, int attempt, @Nullable RawJson percent, @Nullable RawJson message, long atMs) {
    progress.put(task, new Progress(attempt, percent, message, atMs));
  }

  private static @Nullable RawJson raw(byte @Nullable [] json) {
    return json == null ? null : new RawJson(json);
  }

  private static @Nullable String name(State state, long session) {
    Session worker = state.sessions().byId(session);
    return worker == null ? null : worker.name();
  }

  private static Kind end(TaskState state) {
    return switch (state) {
      case DONE -> Kind.DONE;
      case FAILED -> Kind.FAILED;
      case CANCELLED -> Kind.CANCELLED;
      case EXPIRED -> Kind.EXPIRED;
      case SCHEDULED, QUEUED, RUNNING ->
          throw new IllegalStateException("a task does not end as " + state);
    };
  }

  private void write(long task, Step step) {
    int place = (int) written & (STEPS - 1);
    tasks[place] = task;
    steps[place] = step;
    written++;
  }

  /** How far the running attempt of a task is; null where it did not tell, or does not run. */
  public @Nullable Progress progress(Task task) {
    Progress told = progress.get(task.id());
    boolean current =
        told != null && task.state() == TaskState.RUNNING && told.attempt() == task.attempt();
    return current ? told : null;
  }

  /** What is remembered of a task, oldest first; from the task itself where that is nothing. */
  public Timeline timeline(Task task) {
    List<Step> found = new ArrayList<>();
    long oldest = Math.max(0, written - STEPS);
    for (long at = written - 1; at >= oldest; at--) {
      int place = (int) at & (STEPS - 1);
      if (tasks[place] == task.id()) {
        Step step = steps[place];
        found.add(step);
        if (step.kind() == Kind.ACCEPTED) {
          Collections.reverse(found);
          return new Timeline(found, true);
        }
      }
    }
    Collections.reverse(found);
    return new Timeline(found.isEmpty() ? ofItself(task) : found, false);
  }

  private static List<Step> ofItself(Task task) {
    List<Step> known = new ArrayList<>();
    known.add(new Step(task.acceptedAtMs(), Kind.ACCEPTED, 0, null, null));
    if (task.startedAtMs() > 0) {
      known.add(
          new Step(task.startedAtMs(), Kind.STARTED, task.attempt(), task.workerName(), null));
    }
    if (task.state().ended()) {
      known.add(
          new Step(
              task.finishedAtMs(),
              end(task.state()),
              task.attempt(),
              task.workerName(),
              raw(task.error())));
    }
    return known;
  }
}
