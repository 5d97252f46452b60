package mutirao.core.task;

import static mutirao.core.Invariants.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mutirao.core.State;
import mutirao.core.session.Names;
import mutirao.core.session.Session;

/** The part of {@code Invariants} that looks into tasks, queues and workers. */
public final class TaskInvariants {
  private final State state;
  private final Tasks tasks;
  private final List<Task> all = new ArrayList<>();
  private final Set<Task> running = new HashSet<>();
  private final Map<TaskQueue, Integer> queued = new HashMap<>();

  private TaskInvariants(State state) {
    this.state = state;
    this.tasks = state.tasks();
    // An id is the index of the entry that submitted the task, so this meets them all.
    for (long id = 1; id <= state.lastIndex(); id++) {
      Task task = tasks.byId(id);
      if (task != null) {
        all.add(task);
      }
    }
  }

  /**
   * Throws an {@link AssertionError} that names what does not hold.
   *
   * @return how many deadlines tasks and queues have
   */
  public static int check(State state) {
    TaskInvariants invariants = new TaskInvariants(state);
    invariants.workers();
    invariants.all.forEach(invariants::task);
    invariants.sums();
    invariants.queues();
    invariants.owners();
    invariants.strangers();
    return invariants.deadlines();
  }

  private void workers() {
    int operations = 0;
    int workers = 0;
    for (Worker worker : tasks.workers()) {
      Session session = worker.session();
      String name = session.name();
      workers++;
      operations += session.operations().size();
      require(state.sessions().byId(session.id()) == session, name + " is a ghost");
      require(tasks.worker(session.id()) == worker, name + " is not found");
      require(worker.busy() <= session.slots(), name + " holds more than its slots");
      int counted = 0;
      for (Task task : worker.running()) {
        counted++;
        require(running.add(task), "task " + task.id() + " runs twice");
        require(task.workerSession() == session.id(), name + " runs another's task");
        require(worker.knows(task.spec().operation()), name + " runs what it does not know");
        String target = task.targetKey();
        require(
            target == null || target.equals(session.nameKey()), name + " runs what is not for it");
      }
      require(counted == worker.busy(), name + "'s tasks are miscounted");
      for (TaskQueue queue : worker.queues) {
        require(queue.workers.contains(worker), name + " is unknown to its queue");
        require(!worker.draining(), name + " drains and still has a queue");
      }
    }
    require(operations == tasks.operations(), "operations are miscounted");
    for (Session session : state.sessions().all()) {
      workers -= tasks.worker(session.id()) == null ? 0 : 1;
    }
    require(workers == 0, "there is a worker without a session");
  }

  private void task(Task task) {
    String name = "task " + task.id();
    TaskState now = task.state();
    require((now == TaskState.RUNNING) == running.contains(task), name + " is lost");
    require((now == TaskState.RUNNING) == (task.workerSession() != 0), name + "'s worker is odd");
    require((now == TaskState.QUEUED) == (task.queue != null), name + " waits wrongly");
    require(task.attempt() <= task.spec().maxAttempts(), name + " had too many attempts");
    require(
        (task.attempt() == 0) == (task.workerName() == null), name + " ran nowhere or never ran");
    require(
        now != TaskState.SCHEDULED && now != TaskState.QUEUED
            || task.attempt() < task.spec().maxAttempts(),
        name + " waits for an attempt it may not have");
    require(task.pending() == (task.nextInstantMs() != Task.NEVER), name + " waits for no instant");
    require(
        !task.pending() || state.deadlines().image(task).atMs() == task.nextInstantMs(),
        name + " waits for a wrong instant");
    require((task.result() != null) == (now == TaskState.DONE), name + "'s result is odd");
    require(now.ended() == (task.finishedAtMs() != 0), name + "'s end is odd");
    require(!now.ended() || (task.queuedMs() >= 0 && task.runMs() >= 0), name + "'s times are odd");
    String key = task.spec().repeatKey(task.submitterKey());
    require(key == null || tasks.byKey(key) == task, name + " is not found by its key");
    TaskQueue queue = task.queue;
    if (queue != null) {
      queued.merge(queue, 1, Integer::sum);
      waits(task, queue);
    }
  }

  private void waits(Task task, TaskQueue queue) {
    String name = "task " + task.id();
    String target = task.targetKey();
    boolean right =
        queue.operation.equals(task.spec().operation())
            && (queue.target == null
                ? target == null
                : queue.target.nameKey().equals(target)
                    && queue.target.operation().equals(queue.operation)
                    && queue.target.fallback() == task.spec().fallback());
    require(right, name + " is in a wrong queue");
    boolean anybody = false;
    for (Worker worker : tasks.workers()) {
      boolean may =
          !worker.draining()
              && worker.knows(task.spec().operation())
              && (target == null || target.equals(worker.session().nameKey()));
      anybody |= may;
      String who = worker.session().name();
      require(may == queue.workers.contains(worker), name + " and " + who + " miss each other");
      require(may == worker.queues.contains(queue), who + " does not look where it should");
      require(!(may && worker.free()), name + " waits although " + who + " is free");
    }
    require(anybody != tasks.waitingForWorker(task), name + " waits for a worker or not");
  }

  private void sums() {
    long payloadBytes = all.stream().mapToLong(Task::payloadBytes).sum();
    require(all.size() == tasks.size(), "tasks are miscounted");
    require(payloadBytes == tasks.payloadBytes(), "payload bytes are miscounted");
    int waiting = queued.values().stream().mapToInt(Integer::intValue).sum();
    require(waiting == tasks.queued(), "queued tasks are miscounted");
    require(in(TaskState.SCHEDULED) == tasks.scheduled(), "scheduled tasks are miscounted");
    require(in(TaskState.RUNNING) == tasks.running(), "running tasks are miscounted");
    Map<String, List<Task>> shares =
        all.stream().collect(Collectors.groupingBy(task -> Names.user(task.submitterKey())));
    shares.forEach(
        (user, theirs) -> {
          long bytes = theirs.stream().mapToLong(Task::payloadBytes).sum();
          Holdings.Share share = tasks.holdings().of(user);
          require(share.tasks == theirs.size(), user + "'s tasks are miscounted");
          require(share.bytes == bytes, user + "'s bytes are miscounted");
        });
  }

  private long in(TaskState state) {
    return all.stream().filter(task -> task.state() == state).count();
  }

  private void queues() {
    queued.forEach(
        (queue, count) -> {
          require(queue.size() == count, "the queue of " + queue.operation + " is miscounted");
          Task first = queue.first();
          require(first != null && first.queue == queue, "a queue's first is not in it");
          int highest =
              all.stream()
                  .filter(task -> task.queue == queue)
                  .mapToInt(task -> task.spec().priority())
                  .max()
                  .orElse(-1);
          require(
              first != null && first.spec().priority() == highest,
              "the first of " + queue.operation + " is not the most urgent");
          require(
              !queue.pending() || (queue.target != null && queue.target.fallback()),
              "a queue is freed that nobody left");
          require(!queue.pending() || queue.workers.isEmpty(), "a queue is freed that is served");
        });
  }

  private void owners() {
    Map<Owner, List<Task>> byOwner = new HashMap<>();
    for (Task task : all) {
      byOwner.computeIfAbsent(task.owner(), _ -> new ArrayList<>()).addFirst(task);
    }
    byOwner.forEach(
        (owner, expected) -> {
          String name = owner.nameKey();
          require(tasks.owner(name) == owner, name + "'s tasks have two owners");
          require(
              tasks.search().of(name, null, Long.MAX_VALUE, Integer.MAX_VALUE).equals(expected),
              name + "'s tasks are not in their list");
          int waiting = 0;
          for (Task task : expected) {
            boolean waits = task.state().ended() && task.chain() != null;
            waiting += waits ? 1 : 0;
            require(!waits || !task.spec().quiet(), name + " is told what should be quiet");
          }
          require(waiting == owner.waiting(), name + "'s results are miscounted");
          Session session = state.sessions().byNameKey(name);
          require(
              waiting == 0 || session == null || !session.connected() || session.pending(),
              name + " is there and its results wait");
        });
  }

  /** Who has no tasks costs nothing. */
  private void strangers() {
    for (Session session : state.sessions().all()) {
      String name = session.nameKey();
      boolean any = all.stream().anyMatch(task -> task.submitterKey().equals(name));
      require(any == (tasks.owner(name) != null), name + " has no tasks and is remembered");
    }
  }

  private int deadlines() {
    int pending = 0;
    for (Task task : all) {
      pending += task.pending() ? 1 : 0;
    }
    for (TaskQueue queue : queued.keySet()) {
      pending += queue.pending() ? 1 : 0;
    }
    return pending;
  }
}
