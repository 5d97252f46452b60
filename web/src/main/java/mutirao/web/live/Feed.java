package mutirao.web.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import mutirao.server.gateway.history.Observer;
import mutirao.server.gateway.words.TaskIds;
import mutirao.web.http.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers what happens as it happens: little enough to be drawn, and with a count of what
 * was left out. Costs nothing while nobody listens. Told by the server's loop; thread-safe.
 */
public final class Feed implements Observer, AutoCloseable {
  private static final int FLUSH_EVERY_MS = 200;
  private static final int MAX_CHANGES = 100;

  /** Each is written to five times a second, and keeps a request open. */
  private static final int MAX_SUBSCRIBERS = 1000;

  private static final int MAX_OF_ONE_USER = 200;

  private static final int CLUSTER_EVERY = 10;

  private final Watch watch;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mutirao-feed").daemon().factory());

  private final Object lock = new Object();
  private List<Change> changes = new ArrayList<>();
  private List<Told> told = new ArrayList<>();
  private int skipped;

  // Only for the watch's thread.
  private List<Figures.Finding> problems = List.of();

  // Only for the timer's thread.
  private int flushes;
  private ServerFrame.@Nullable ClusterState group;

  /** A change of a task; {@code submitterKey} is whose it is. */
  record Change(JsonObject json, String submitterKey) {}

  /** Something that is told by itself. */
  private record Told(String topic, JsonObject json) {}

  /** What can be subscribed to. */
  public static final Set<String> TOPICS =
      Set.of("figures", "tasks", "people", "messages", "cluster", "problems");

  /** A feed of what {@code watch} sees, and of the events it is told. */
  public Feed(Watch watch) {
    this.watch = watch;
  }

  /** Begins to tell. */
  public void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::flush, FLUSH_EVERY_MS, FLUSH_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Somebody listens from now on; false where too many do already, of this user or of all. */
  public boolean add(Subscriber subscriber) {
    long sameUser = subscribers.stream().filter(subscriber::isOfSameUser).count();
    if (subscribers.size() >= MAX_SUBSCRIBERS || sameUser >= MAX_OF_ONE_USER) {
      return false;
    }
    subscribers.add(subscriber);
    Figures latest = watch.latest();
    if (latest != null && subscriber.wants("figures")) {
      subscriber.tell("figures", text(latest.json(subscriber.language())));
    }
    if (subscriber.wants("cluster")) {
      ServerFrame.ClusterState known = watch.group();
      if (known != null) {
        subscriber.tell("cluster", text(Groups.json(known)));
      }
    }
    if (latest != null && subscriber.wants("problems")) {
      subscriber.tell("problems", problems(latest, subscriber));
    }
    return true;
  }

  private static String problems(Figures figures, Subscriber subscriber) {
    return text(new JsonObject().put("problems", figures.problems(subscriber.language())));
  }

  /** Somebody listens no more. */
  public void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** Tells a new look at the server. */
  public void figures(Figures figures) {
    each("figures", subscriber -> text(figures.json(subscriber.language())));
    if (!figures.problems().equals(problems)) {
      problems = figures.problems();
      each("problems", subscriber -> problems(figures, subscriber));
    }
  }

  @Override
  public void applied(List<Event> events, State state) {
    if (subscribers.isEmpty()) {
      return;
    }
    synchronized (lock) {
      for (Event event : events) {
        switch (event) {
          case Event.OfTask ofTask -> task(ofTask, state);
          case Event.SessionOpened opened ->
              tell("people", person(state, "joined", opened.name(), opened.role().name()));
          case Event.SessionClosed closed ->
              tell("people", person(state, "left", closed.name(), closed.role().name()));
          case Event.MessagePosted posted ->
              tell(
                  "messages",
                  new JsonObject()
                      .put("at", posted.timeMs())
                      .put("room", posted.room())
                      .put("sender", posted.sender())
                      .put("seq", posted.seq()));
          default -> {}
        }
      }
    }
  }

  private static JsonObject person(State state, String event, String name, String role) {
    return new JsonObject()
        .put("at", state.nowMs())
        .put("event", event)
        .put("name", name)
        .put("role", role.toLowerCase(Locale.ROOT));
  }

  private void tell(String topic, JsonObject json) {
    if (told.size() < MAX_CHANGES) {
      told.add(new Told(topic, json));
    }
  }

  private void task(Event.OfTask event, State state) {
    switch (event) {
      case Event.TaskAccepted accepted -> change(state, accepted.task(), "accepted", 0, null);
      case Event.TaskQueued queued -> {
        switch (queued.because()) {
          case DUE, FALLBACK -> change(state, queued.task(), "queued", 0, null);
          case WORKER_LOST -> attemptEnded(state, queued.task(), "worker_lost");
          case TIMED_OUT -> attemptEnded(state, queued.task(), "timed_out");
        }
      }
      case Event.TaskStarted started -> {
        Session worker = state.sessions().byId(started.worker());
        change(
            state,
            started.task(),
            "started",
            started.attempt(),
            worker == null ? null : worker.name());
      }
      case Event.TaskRetryScheduled retry -> attemptEnded(state, retry.task(), "retry");
      case Event.TaskFinished finished ->
          attemptEnded(state, finished.task(), finished.state().name().toLowerCase(Locale.ROOT));
      case Event.TaskProgressed _,
          Event.TaskRenewed _,
          Event.ResultsHandedOver _,
          Event.AttemptRevoked _,
          Event.TaskForgotten _,
          Event.WorkerDraining _ -> {}
    }
  }

  /** Where the next attempt began in the same entry, the state tells of that one. */
  private void attemptEnded(State state, long id, String event) {
    Task task = state.tasks().byId(id);
    if (task == null) {
      skipped++;
    } else if (task.state() == TaskState.RUNNING) {
      change(state, id, event, task.attempt() - 1, null);
    } else {
      change(state, id, event, task.attempt(), task.workerName());
    }
  }

  /** All of an entry has taken effect by now: the task may be further than this change. */
  private void change(State state, long id, String event, int attempt, @Nullable String worker) {
    Task task = changes.size() < MAX_CHANGES ? state.tasks().byId(id) : null;
    if (task == null) {
      skipped++;
      return;
    }
    changes.add(
        new Change(
            new JsonObject()
                .put("at", state.nowMs())
                .put("task", TaskIds.encode(id))
                .put("operation", task.spec().operation())
                .put("event", event)
                .optional("attempt", attempt == 0 ? null : attempt)
                .optional("worker", worker)
                .put("submitter", task.submitter()),
            task.submitterKey()));
  }

  private void flush() {
    List<Change> ready;
    List<Told> others;
    int left;
    synchronized (lock) {
      ready = changes;
      others = told;
      left = skipped;
      changes = new ArrayList<>();
      told = new ArrayList<>();
      skipped = 0;
    }
    if (!ready.isEmpty() || left > 0) {
      each("tasks", subscriber -> subscriber.tasks(ready, left));
    }
    for (Told one : others) {
      String text = text(one.json());
      each(one.topic(), _ -> text);
    }
    ServerFrame.ClusterState now = watch.group();
    boolean changed = now != null && !sameRoles(now, group);
    if (now != null && (changed || flushes % CLUSTER_EVERY == 0)) {
      group = now;
      String text = text(Groups.json(now));
      each("cluster", _ -> text);
    }
    flushes++;
  }

  private static boolean sameRoles(
      ServerFrame.ClusterState now, ServerFrame.@Nullable ClusterState before) {
    return before != null
        && before.term() == now.term()
        && Objects.equals(before.leader(), now.leader())
        && before.servers().size() == now.servers().size();
  }

  private void each(String topic, Function<Subscriber, @Nullable String> text) {
    for (Subscriber subscriber : subscribers) {
      if (subscriber.wants(topic)) {
        String data = text.apply(subscriber);
        if (data != null) {
          subscriber.tell(topic, data);
        }
      }
    }
  }

  static String text(JsonObject json) {
    return Json.write(json.members()).toString();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    subscribers.forEach(Subscriber::close);
  }
}
