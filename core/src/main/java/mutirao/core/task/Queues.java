package mutirao.core.task;

import java.util.HashMap;
import java.util.Map;
import mutirao.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Where queued tasks wait: one queue an operation, one a named worker. A queue exists while
 * somebody needs it.
 */
final class Queues {
  private final Map<String, TaskQueue> byOperation = new HashMap<>();
  private final Map<String, TaskQueue> byTarget = new HashMap<>();
  private int waiting;

  /** Tasks waiting in all queues. */
  int waiting() {
    return waiting;
  }

  @Nullable TaskQueue ofOperation(String operation) {
    return byOperation.get(operation);
  }

  @Nullable TaskQueue ofTarget(String targetKey) {
    return byTarget.get(targetKey);
  }

  void add(Task task, boolean atTheFront) {
    TaskQueue queue = queueOf(task);
    if (atTheFront) {
      queue.addFirst(task);
    } else {
      queue.addLast(task);
    }
    waiting++;
  }

  void remove(Task task) {
    TaskQueue queue = task.queue;
    if (queue == null) {
      throw new IllegalStateException("task " + task.id() + " does not wait");
    }
    queue.remove(task);
    waiting--;
    dropIfIdle(queue);
  }

  void add(Worker worker) {
    Session session = worker.session();
    for (String operation : session.operations()) {
      join(worker, byOperation.computeIfAbsent(operation, TaskQueue::new));
    }
    join(worker, byTarget.computeIfAbsent(session.nameKey(), TaskQueue::new));
  }

  void remove(Worker worker) {
    for (TaskQueue queue : worker.queues) {
      queue.workers.remove(worker);
      dropIfIdle(queue);
    }
    worker.queues.clear();
  }

  private static void join(Worker worker, TaskQueue queue) {
    if (queue.workers.add(worker)) {
      worker.queues.add(queue);
    }
  }

  private TaskQueue queueOf(Task task) {
    String target = task.targetKey();
    return target == null
        ? byOperation.computeIfAbsent(task.spec().operation(), TaskQueue::new)
        : byTarget.computeIfAbsent(target, TaskQueue::new);
  }

  private void dropIfIdle(TaskQueue queue) {
    if (queue.idle()) {
      byOperation.remove(queue.name(), queue);
      byTarget.remove(queue.name(), queue);
    }
  }
}
