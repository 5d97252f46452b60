package mutirao.core.task;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import mutirao.core.Event;
import mutirao.core.LongMap;
import mutirao.core.image.OpenImages;
import mutirao.core.image.StateImage;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.core.session.Sessions;
import mutirao.core.time.Deadlines;
import org.jspecify.annotations.Nullable;

/** Every known task and every worker. Only events change it. */
public final class Tasks {
  private final Deadlines deadlines;
  private final Sessions sessions;
  private final LongMap<Task> byId = new LongMap<>();
  private final Map<String, Owner> owners = new LinkedHashMap<>();
  private final Map<String, Task> byKey = new HashMap<>();
  private final LongMap<Worker> workers = new LongMap<>();
  private final Set<Worker> workersInOrder = new LinkedHashSet<>();
  private final Queues queues;
  private final TaskSearch search;
  private int scheduled;
  private int running;
  private final transient OpenImages images = new OpenImages();
  private final Holdings holdings = new Holdings();
  private int operations;
  private long changes;

  /** No tasks yet; each puts its next instant into {@code deadlines}. */
  public Tasks(Deadlines deadlines, Sessions sessions) {
    this.deadlines = deadlines;
    this.sessions = sessions;
    this.queues = new Queues(deadlines);
    this.search = new TaskSearch(owners, queues);
  }

  public @Nullable Task byId(long id) {
    return byId.get(id);
  }

  /** Known tasks: waiting, running and kept. */
  public int size() {
    return byId.size();
  }

  /** Tasks that wait for an instant. */
  public int scheduled() {
    return scheduled;
  }

  /** Tasks that workers have. */
  public int running() {
    return running;
  }

  /** Tasks waiting in queues. */
  public int queued() {
    return queues.waiting();
  }

  /** Bytes of params, results and errors of all known tasks. */
  public long payloadBytes() {
    return holdings.payloadBytes();
  }

  /** Operations of all workers, each counted once a worker. */
  public int operations() {
    return operations;
  }

  /** All workers, in the order of arrival. */
  public Collection<Worker> workers() {
    return Collections.unmodifiableCollection(workersInOrder);
  }

  public @Nullable Worker worker(long session) {
    return workers.get(session);
  }

  /** Whether nobody who would run a queued task is there; who is broken may come back. */
  public boolean waitingForWorker(Task task) {
    return task.queue != null && task.queue.workers.isEmpty();
  }

  /** Whether a task is for one worker alone, and nobody of that name can run it. */
  boolean targetGone(Task task) {
    String target = task.targetKey();
    if (target == null) {
      return false;
    }
    Worker worker = workerNamed(target);
    return worker == null || !worker.knows(task.spec().operation());
  }

  /** Questions about many of them. */
  public TaskSearch search() {
    return search;
  }

  @Nullable Task byKey(String key) {
    return byKey.get(key);
  }

  @Nullable Owner owner(String nameKey) {
    return owners.get(nameKey);
  }

  Holdings holdings() {
    return holdings;
  }

  /** All tasks and workers as values, which are made where they are asked for, on any thread. */
  public Supplier<StateImage.OfTasks> image() {
    long before = changes;
    TaskCopies copies = new TaskCopies(byId, deadlines.image(), images.taken() + 1);
    var places = queues.places();
    var ofOwners = owners.values().stream().map(owner -> owner.image(copies)).toList();
    var ofQueues =
        places.keySet().stream().map(each -> each.image(copies, deadlines.image(each))).toList();
    var ofWorkers = workersInOrder.stream().map(worker -> worker.image(places)).toList();
    return images.take(
        () -> {
          copies.sort();
          return new StateImage.OfTasks(
              before,
              ofOwners.stream().map(Supplier::get).toList(),
              ofQueues.stream().map(Supplier::get).toList(),
              ofWorkers);
        });
  }

  /** Adds what an image holds; only {@code State} calls this. */
  public void restore(StateImage.OfTasks image) {
    changes = image.changes();
    for (StateImage.OfOwner each : image.owners()) {
      Owner owner = holdings.newOwner(each.nameKey(), images);
      owners.put(each.nameKey(), owner);
      for (StateImage.OfTask task : each.tasks()) {
        add(new Task(task, owner), task.due());
      }
      owner.restore(each, this::existing);
    }
    for (StateImage.OfWorker each : image.workers()) {
      Session session = Objects.requireNonNull(sessions.byId(each.session()));
      Worker worker = new Worker(session, each.lastChange());
      workers.putIfAbsent(each.session(), worker);
      workersInOrder.add(worker);
      operations += session.operations().size();
      worker.restore(each, this::existing);
    }
    queues.restore(image, id -> Objects.requireNonNull(workers.get(id)), this::existing);
  }

  private void add(Task task, StateImage.Due due) {
    enter(task);
    deadlines.restore(task, due);
  }

  /** Applies an event; only {@code State} calls this. */
  public void evolve(Event.OfSession event) {
    switch (event) {
      case Event.SessionOpened opened -> {
        if (opened.role() == SessionRole.WORKER) {
          Worker worker =
              new Worker(Objects.requireNonNull(sessions.byId(opened.session())), changes);
          workers.putIfAbsent(opened.session(), worker);
          workersInOrder.add(worker);
          queues.add(worker);
          operations += worker.session().operations().size();
        }
      }
      case Event.SessionClosed closed -> {
        Worker worker = workers.remove(closed.session());
        if (worker != null) {
          workersInOrder.remove(worker);
          queues.remove(worker);
          operations -= worker.session().operations().size();
        }
      }
      case Event.SessionDetached _,
          Event.SessionKept _,
          Event.SessionResumed _,
          Event.DirectSent _ -> {}
    }
  }

  /** Applies an event; only {@code State} calls this. */
  public void evolve(Event.OfTask event) {
    changes++;
    switch (event) {
      case Event.TaskAccepted accepted -> accept(accepted);
      case Event.TaskQueued queued -> queue(existing(queued.task()), queued.because());
      case Event.TaskStarted started -> start(existing(started.task()), started);
      case Event.TaskRetryScheduled retry -> {
        Task task = existing(retry.task());
        endAttempt(task);
        become(task, TaskState.SCHEDULED);
        task.changing().notBeforeMs = retry.notBeforeMs();
        setError(task, retry.error());
        await(task);
      }
      case Event.TaskRenewed renewed -> {
        Task task = existing(renewed.task());
        task.changing().renewedAtMs = renewed.timeMs();
        await(task);
      }
      case Event.TaskProgressed _ -> {}
      case Event.TaskFinished finished -> finish(existing(finished.task()), finished);
      case Event.ResultsHandedOver handed -> {
        for (long id : handed.tasks()) {
          Task task = existing(id);
          task.owner().delivered(task);
        }
        Session session = sessions.byId(handed.session());
        if (session != null && handed.nextAtMs() != 0) {
          deadlines.set(session, handed.nextAtMs());
        }
      }
      case Event.AttemptRevoked _ -> {}
      case Event.TaskForgotten forgotten -> forget(existing(forgotten.task()));
      case Event.WorkerDraining draining -> {
        Worker worker = Objects.requireNonNull(workers.get(draining.worker()));
        worker.draining = true;
        queues.leave(worker);
      }
    }
  }

  private void accept(Event.TaskAccepted accepted) {
    Owner owner =
        owners.computeIfAbsent(
            Names.key(accepted.submitter()), name -> holdings.newOwner(name, images));
    Task task =
        new Task(
            accepted.task(),
            accepted.submitter(),
            owner,
            accepted.spec(),
            accepted.timeMs(),
            accepted.notBeforeMs(),
            accepted.expiresAtMs());
    enter(task);
    await(task);
  }

  private void enter(Task task) {
    if (!byId.putIfAbsent(task.id(), task)) {
      throw new IllegalStateException("task id used twice");
    }
    count(task, 1);
    holdings.add(task);
    task.owner().add(task);
    String key = task.spec().repeatKey(task.submitterKey());
    if (key != null) {
      byKey.put(key, task);
    }
  }

  private void queue(Task task, Event.QueuedBecause because) {
    boolean hadItsTurn = task.state() == TaskState.RUNNING;
    if (hadItsTurn) {
      endAttempt(task);
    } else if (task.state() == TaskState.QUEUED) {
      queues.free(task);
    }
    task.changing().fallenBack |= because == Event.QueuedBecause.FALLBACK;
    become(task, TaskState.QUEUED);
    if (hadItsTurn) {
      // It has waited longest.
      queues.addFirst(task);
    } else {
      queues.addLast(task);
    }
    await(task);
  }

  private void start(Task task, Event.TaskStarted started) {
    Worker worker = Objects.requireNonNull(workers.get(started.worker()));
    queues.remove(task);
    become(task, TaskState.RUNNING);
    Task.Status status = task.changing();
    status.attempt = started.attempt();
    status.worker = worker;
    status.workerName = worker.session().name();
    status.startedAtMs = started.timeMs();
    status.renewedAtMs = started.timeMs();
    worker.start(task, changes);
    await(task);
  }

  private void finish(Task task, Event.TaskFinished finished) {
    Task.Status status = task.changing();
    if (task.state() == TaskState.QUEUED) {
      queues.remove(task);
    } else if (task.state() == TaskState.RUNNING) {
      Worker worker = Objects.requireNonNull(status.worker);
      worker.stop(task, changes);
      status.ranMs = finished.timeMs() - status.startedAtMs;
      if (finished.state() == TaskState.DONE) {
        worker.done++;
      } else if (finished.state() == TaskState.FAILED) {
        worker.failed++;
      }
      status.worker = null;
    }
    become(task, finished.state());
    status.finishedAtMs = finished.timeMs();
    if (finished.result() != null) {
      status.result = finished.result();
      holdings.grow(task, finished.result().length);
    }
    setError(task, finished.error());
    if (finished.deliverTo() == 0 && !task.spec().quiet()) {
      task.owner().keepForLater(task);
    }
    await(task);
  }

  private void forget(Task task) {
    if (!task.state().ended()) {
      throw new IllegalStateException("task " + task.id() + " has not ended");
    }
    byId.remove(task.id());
    deadlines.drop(task);
    holdings.remove(task);
    Owner owner = task.owner();
    owner.remove(task);
    if (owner.empty()) {
      owners.remove(task.submitterKey());
    }
    String key = task.spec().repeatKey(task.submitterKey());
    if (key != null) {
      byKey.remove(key, task);
    }
  }

  private void become(Task task, TaskState next) {
    count(task, -1);
    task.become(next);
    count(task, 1);
  }

  private void count(Task task, int change) {
    scheduled += task.state() == TaskState.SCHEDULED ? change : 0;
    running += task.state() == TaskState.RUNNING ? change : 0;
  }

  private void endAttempt(Task task) {
    Task.Status status = task.changing();
    Worker worker = Objects.requireNonNull(status.worker);
    // A worker whose session has ended is out of the books, but its attempts still hang on it.
    worker.stop(task, changes);
    worker.failed++;
    status.worker = null;
  }

  private void setError(Task task, byte @Nullable [] error) {
    if (error != null) {
      byte[] before = task.error();
      holdings.grow(task, error.length - (before == null ? 0 : before.length));
      task.changing().error = error;
    }
  }

  private void await(Task task) {
    long atMs = task.nextInstantMs();
    if (atMs == Task.NEVER) {
      deadlines.drop(task);
    } else {
      deadlines.set(task, atMs);
    }
  }

  private Task existing(long id) {
    Task task = byId.get(id);
    if (task == null) {
      throw new IllegalStateException("no task " + id);
    }
    return task;
  }

  /** The worker session of this name; null where nobody of that name is a worker. */
  @Nullable Worker workerNamed(String name) {
    Session session = sessions.byNameKey(Names.key(name));
    return session == null ? null : worker(session.id());
  }
}
