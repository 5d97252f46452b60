package mutirao.core.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import mutirao.core.image.StateImage;
import mutirao.core.session.Session;
import mutirao.core.task.TaskQueue.Target;
import mutirao.core.time.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Where queued tasks wait: one queue an operation, and one for each operation of a worker for which
 * something waits alone. A queue exists while somebody needs it.
 */
final class Queues {
  private static final long AT_ONCE = 0;

  private final Deadlines deadlines;
  private final Map<String, TaskQueue> byOperation = new LinkedHashMap<>();
  private final Map<Target, TaskQueue> byTarget = new LinkedHashMap<>();
  private final Map<String, Worker> byName = new HashMap<>();
  private int waiting;

  Queues(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** Tasks waiting in all queues. */
  int waiting() {
    return waiting;
  }

  /** Workers that take tasks with this operation. */
  int workersOf(String operation) {
    TaskQueue queue = byOperation.get(operation);
    return queue == null ? 0 : queue.workers.size();
  }

  void addFirst(Task task) {
    queueOf(task).addFirst(task);
    waiting++;
  }

  void addLast(Task task) {
    queueOf(task).addLast(task);
    waiting++;
  }

  /** Takes a task out of its queue. */
  void remove(Task task) {
    TaskQueue queue = Objects.requireNonNull(task.queue);
    queue.remove(task);
    waiting--;
    dropIfIdle(queue);
  }

  /** Takes a task out of the queue of a worker that is gone; the others there follow one by one. */
  void free(Task task) {
    TaskQueue queue = Objects.requireNonNull(task.queue);
    remove(task);
    if (queue.size() > 0) {
      deadlines.set(queue, AT_ONCE);
    }
  }

  /** A worker is there. */
  void add(Worker worker) {
    Session session = worker.session();
    byName.put(session.nameKey(), worker);
    for (String operation : session.operations()) {
      join(worker, byOperation.computeIfAbsent(operation, TaskQueue::new));
      join(worker, byTarget.get(new Target(session.nameKey(), operation, false)));
      join(worker, byTarget.get(new Target(session.nameKey(), operation, true)));
    }
  }

  /** A worker takes nothing more. */
  void leave(Worker worker) {
    byName.remove(worker.session().nameKey());
    for (TaskQueue queue : worker.queues) {
      queue.workers.remove(worker);
      dropIfIdle(queue);
    }
    worker.queues.clear();
  }

  /** A worker is gone: what need not wait for it to come back is due to be freed. */
  void remove(Worker worker) {
    leave(worker);
    for (String operation : worker.session().operations()) {
      TaskQueue queue = byTarget.get(new Target(worker.session().nameKey(), operation, true));
      if (queue != null) {
        deadlines.set(queue, AT_ONCE);
      }
    }
  }

  /** All queues, in an order that is the same on every server. */
  List<TaskQueue> all() {
    List<TaskQueue> all = new ArrayList<>(byOperation.values());
    all.addAll(byTarget.values());
    return all;
  }

  /** All queues, each with its place among {@link #all}. */
  Map<TaskQueue, Integer> places() {
    Map<TaskQueue, Integer> places = new LinkedHashMap<>();
    all().forEach(queue -> places.put(queue, places.size()));
    return places;
  }

  /** Makes the queues of an image, once its tasks and workers are there. */
  void restore(StateImage.OfTasks image, LongFunction<Worker> workerOf, LongFunction<Task> byId) {
    for (StateImage.OfQueue each : image.queues()) {
      TaskQueue queue = made(each);
      queue.restore(each, workerOf, byId);
      waiting += queue.size();
      deadlines.restore(queue, each.due());
    }
    List<TaskQueue> all = all();
    for (StateImage.OfWorker each : image.workers()) {
      Worker worker = workerOf.apply(each.session());
      IntStream.of(each.queues()).mapToObj(all::get).forEach(worker.queues::add);
      if (!worker.draining) {
        byName.put(worker.session().nameKey(), worker);
      }
    }
  }

  private TaskQueue made(StateImage.OfQueue image) {
    String nameKey = image.target();
    if (nameKey == null) {
      return byOperation.computeIfAbsent(image.operation(), TaskQueue::new);
    }
    Target target = new Target(nameKey, image.operation(), image.fallback());
    return byTarget.computeIfAbsent(target, TaskQueue::new);
  }

  private void join(Worker worker, @Nullable TaskQueue queue) {
    if (queue != null && queue.workers.add(worker)) {
      worker.queues.add(queue);
      deadlines.drop(queue);
    }
  }

  private TaskQueue queueOf(Task task) {
    String operation = task.spec().operation();
    String nameKey = task.targetKey();
    if (nameKey == null) {
      return byOperation.computeIfAbsent(operation, TaskQueue::new);
    }
    Target target = new Target(nameKey, operation, task.spec().fallback());
    TaskQueue queue = byTarget.get(target);
    if (queue == null) {
      queue = new TaskQueue(target);
      byTarget.put(target, queue);
      Worker worker = byName.get(nameKey);
      if (worker != null && worker.knows(operation)) {
        join(worker, queue);
      }
    }
    return queue;
  }

  private void dropIfIdle(TaskQueue queue) {
    if (queue.idle()) {
      deadlines.drop(queue);
      if (queue.target == null) {
        byOperation.remove(queue.operation);
      } else {
        byTarget.remove(queue.target);
      }
    }
  }
}
