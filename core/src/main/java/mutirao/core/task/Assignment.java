package mutirao.core.task;

import java.util.List;
import mutirao.core.Event;
import mutirao.core.Step;
import org.jspecify.annotations.Nullable;

/**
 * Who runs what next. No task waits while a worker that may run it is free, and what waits is given
 * out by priority, then by age.
 */
public final class Assignment {

  private Assignment() {}

  /** Gives a queued task to the least loaded worker that knows it, if one is free. */
  static void assign(Step step, Task task) {
    Worker worker = workerFor(step.state().tasks(), task);
    if (worker != null) {
      start(step, task, worker);
    }
  }

  /** Gives a worker all the work it may have. */
  static void fill(Step step, Worker worker) {
    Tasks tasks = step.state().tasks();
    while (tasks.queued() > 0 && worker.free()) {
      Task next = nextFor(worker);
      if (next == null) {
        return;
      }
      start(step, next, worker);
    }
  }

  /** Gives out what went back into the queues when a session ended. */
  public static void assignWaiting(Step step, List<TaskRules.Orphan> orphans) {
    for (TaskRules.Orphan orphan : orphans) {
      if (orphan.task().state() == TaskState.QUEUED) {
        assign(step, orphan.task());
      }
    }
  }

  private static void start(Step step, Task task, Worker worker) {
    step.emit(
        new Event.TaskStarted(task.id(), task.attempt() + 1, worker.session().id(), step.nowMs()));
  }

  private static @Nullable Worker workerFor(Tasks tasks, Task task) {
    String operation = task.spec().operation();
    String target = task.targetKey();
    if (target != null) {
      Worker worker = tasks.workerNamed(target);
      return worker != null && worker.free() && worker.knows(operation) ? worker : null;
    }
    TaskQueue queue = tasks.queues().ofOperation(operation);
    if (queue == null || queue.first() != task) {
      // Others wait in front, so nobody is free.
      return null;
    }
    Worker best = null;
    for (Worker worker : queue.workers) {
      if (worker.free() && (best == null || worker.before(best))) {
        best = worker;
      }
    }
    return best;
  }

  private static @Nullable Task nextFor(Worker worker) {
    Task best = null;
    String own = worker.session().nameKey();
    for (TaskQueue queue : worker.queues) {
      Task first = queue.name().equals(own) ? queue.firstFor(worker) : queue.first();
      if (first != null && (best == null || comesBefore(first, best))) {
        best = first;
      }
    }
    return best;
  }

  private static boolean comesBefore(Task a, Task b) {
    int byPriority = Integer.compare(b.spec().priority(), a.spec().priority());
    return byPriority != 0 ? byPriority < 0 : a.id() < b.id();
  }
}
