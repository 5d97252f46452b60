package mutirao.core.task;

import static mutirao.core.Invariants.require;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.State;

/** The part of {@code Invariants} that looks into tasks, queues and workers. */
public final class TaskInvariants {

  private TaskInvariants() {}

  /** Throws an {@link AssertionError} that names what does not hold. */
  public static void check(State state) {
    Tasks tasks = state.tasks();
    int known = 0;
    int queued = 0;
    long payloadBytes = 0;
    Set<String> owners = new HashSet<>();
    Set<Task> running = new HashSet<>();
    for (Worker worker : tasks.workers()) {
      checkWorker(state, worker, running);
    }
    // An id is the index of the entry that submitted the task, so this meets them all.
    for (long id = 1; id <= state.lastIndex(); id++) {
      Task task = tasks.byId(id);
      if (task == null) {
        continue;
      }
      known++;
      payloadBytes += task.payloadBytes();
      owners.add(task.submitterKey());
      checkTask(state, task, running);
      if (task.state() == TaskState.QUEUED) {
        queued++;
      }
    }
    require(known == tasks.size(), "tasks are miscounted");
    require(queued == tasks.queued(), "queued tasks are miscounted");
    require(payloadBytes == tasks.payloadBytes(), "payload bytes are miscounted");
    int owned = 0;
    for (String owner : owners) {
      List<Task> all = tasks.of(owner, null, Long.MAX_VALUE, Integer.MAX_VALUE);
      owned += all.size();
      for (int i = 1; i < all.size(); i++) {
        require(all.get(i - 1).id() > all.get(i).id(), "tasks of " + owner + " are out of order");
      }
    }
    require(owned == known, "a task has no owner");
  }

  private static void checkWorker(State state, Worker worker, Set<Task> running) {
    String name = worker.session().name();
    require(state.sessions().byId(worker.session().id()) == worker.session(), name + " is a ghost");
    require(worker.busy() <= worker.session().slots(), name + " holds more than its slots");
    for (Task task : worker.running()) {
      require(running.add(task), "task " + task.id() + " runs twice");
      require(task.workerSession() == worker.session().id(), name + " runs another's task");
      require(worker.knows(task.spec().operation()), name + " runs what it does not know");
    }
  }

  private static void checkTask(State state, Task task, Set<Task> running) {
    String name = "task " + task.id();
    require((task.state() == TaskState.RUNNING) == running.contains(task), name + " is lost");
    require((task.queue != null) == (task.state() == TaskState.QUEUED), name + " waits wrongly");
    require(task.attempt() <= task.spec().maxAttempts(), name + " had too many attempts");
    require(task.pending() == (task.nextInstantMs() != Task.NEVER), name + " waits for no instant");
    require(
        !task.pending() || task.atMs() == task.nextInstantMs(),
        name + " waits for a wrong instant");
    require((task.result() != null) == (task.state() == TaskState.DONE), name + "'s result is odd");
    require(task.state().ended() == (task.finishedAtMs() != 0), name + "'s end is odd");
    if (task.state() == TaskState.QUEUED) {
      for (Worker worker : state.tasks().workers()) {
        boolean may =
            task.targetKey() == null || task.targetKey().equals(worker.session().nameKey());
        require(
            !(may && worker.free() && worker.knows(task.spec().operation())),
            name + " waits although " + worker.session().name() + " is free");
      }
    }
  }
}
