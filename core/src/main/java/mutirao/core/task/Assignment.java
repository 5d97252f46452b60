package mutirao.core.task;

import mutirao.core.Event;
import mutirao.core.Step;
import org.jspecify.annotations.Nullable;

/**
 * Who runs what next. No task waits while a worker that may run it is free, and what waits is given
 * out by priority, then by age.
 */
final class Assignment {

  private Assignment() {}

  /** Gives a queued task to the least loaded worker that knows it, if one is free. */
  static void assign(Step step, Task task) {
    assignElsewhere(step, task, 0);
  }

  /** The same, but not to the worker with this session. */
  static void assignElsewhere(Step step, Task task, long session) {
    TaskQueue queue = task.queue;
    if (queue == null || queue.first() != task) {
      // Others wait in front, so nobody is free.
      return;
    }
    Worker best = null;
    for (Worker worker : queue.workers) {
      boolean may = worker.free() && worker.session().id() != session;
      if (may && (best == null || worker.before(best))) {
        best = worker;
      }
    }
    if (best != null) {
      start(step, task, best);
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

  /** Negative where {@code a} comes before {@code b}: more urgent, then older. */
  static int compare(Task a, Task b) {
    int byPriority = Integer.compare(b.spec().priority(), a.spec().priority());
    return byPriority != 0 ? byPriority : Long.compare(a.id(), b.id());
  }

  private static void start(Step step, Task task, Worker worker) {
    step.emit(
        new Event.TaskStarted(task.id(), task.attempt() + 1, worker.session().id(), step.nowMs()));
  }

  private static @Nullable Task nextFor(Worker worker) {
    Task best = null;
    for (TaskQueue queue : worker.queues) {
      Task first = queue.first();
      if (first != null && (best == null || compare(first, best) < 0)) {
        best = first;
      }
    }
    return best;
  }
}
