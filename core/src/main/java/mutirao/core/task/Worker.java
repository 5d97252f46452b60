package mutirao.core.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import mutirao.core.image.StateImage;
import mutirao.core.session.Session;

/**
 * A session that runs tasks: what it can, how much it has, how it did. Never holds more than its
 * slots.
 */
public final class Worker {
  private final Session session;
  private final Set<String> known;
  private final TaskChain running = new TaskChain();

  /** The queues from which it takes tasks. */
  final List<TaskQueue> queues = new ArrayList<>();

  boolean draining;
  long done;
  long failed;
  long lastChange;

  Worker(Session session, long change) {
    this.session = session;
    this.known = new HashSet<>(session.operations());
    this.lastChange = change;
  }

  public Session session() {
    return session;
  }

  public boolean knows(String operation) {
    return known.contains(operation);
  }

  /** Attempts it has now, oldest first. */
  public Collection<Task> running() {
    return Collections.unmodifiableCollection(running);
  }

  public int busy() {
    return running.size();
  }

  public boolean draining() {
    return draining;
  }

  /** Attempts it finished well. */
  public long done() {
    return done;
  }

  /** Attempts it reported as failed, let time out or was lost with. */
  public long failed() {
    return failed;
  }

  /** Whether it may be given another task now. */
  public boolean free() {
    return !draining && session.connected() && running.size() < session.slots();
  }

  /** Whether it comes before {@code other}: less of its slots in use, then idle for longer. */
  boolean before(Worker other) {
    long mine = (long) running.size() * other.session.slots();
    long theirs = (long) other.running.size() * session.slots();
    return mine != theirs ? mine < theirs : lastChange < other.lastChange;
  }

  StateImage.OfWorker image(Map<TaskQueue, Integer> places) {
    int[] from = queues.stream().mapToInt(places::get).toArray();
    return new StateImage.OfWorker(
        session.id(), draining, done, failed, lastChange, Task.ids(running), from);
  }

  void restore(StateImage.OfWorker image, LongFunction<Task> byId) {
    draining = image.draining();
    done = image.done();
    failed = image.failed();
    for (long id : image.running()) {
      Task task = byId.apply(id);
      task.changing().worker = this;
      running.addLast(task);
    }
  }

  void start(Task task, long change) {
    if (running.size() >= session.slots()) {
      throw new IllegalStateException("worker " + session.name() + " has no free slot");
    }
    running.addLast(task);
    lastChange = change;
  }

  void stop(Task task, long change) {
    running.remove(task);
    lastChange = change;
  }
}
