package mutirao.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mutirao.client.link.Timing;
import mutirao.client.ops.BuiltInOperations;
import mutirao.client.session.Enlistment;
import mutirao.client.session.Session;
import mutirao.client.worker.Attempts;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;

/**
 * Runs tasks: it announces its operations, runs each task it is given on a virtual thread of its
 * own, and reports the outcome again and again until the server has recorded it. Thread-safe.
 *
 * <pre>{@code
 * try (MutiraoWorker worker =
 *     MutiraoWorker.of(ClientOptions.to("localhost").name("Worker-squares").build())
 *         .operation("square", task -> task.number("n").pow(2))
 *         .start()) {
 *   worker.await();
 * }
 * }</pre>
 */
public final class MutiraoWorker implements AutoCloseable {

  /**
   * Hears what a worker does, for logs and counters. Called on the task's own thread; what it
   * throws is logged and changes nothing.
   */
  public interface Observer {
    /** An observer that wants to hear nothing. */
    Observer NONE = new Observer() {};

    /** An attempt begins. */
    default void started(TaskContext task) {}

    /** An attempt ended well. */
    default void done(TaskContext task, RawJson result, Duration took) {}

    /** An attempt failed. */
    default void failed(TaskContext task, OperationException error, Duration took) {}

    /** An attempt ended that nobody wanted any more; nothing is reported. */
    default void cancelled(TaskContext task, Duration took) {}
  }

  private final Session session;
  private final MutiraoClient client;
  private final Attempts attempts;
  private final Set<String> operations;
  private final int slots;

  private MutiraoWorker(Session session, Attempts attempts, Set<String> operations, int slots) {
    this.session = session;
    this.client = new MutiraoClient(session);
    this.attempts = attempts;
    this.operations = operations;
    this.slots = slots;
  }

  /** A worker for these options; a role in them is replaced by {@code worker}. */
  public static Builder of(ClientOptions options) {
    return new Builder(options);
  }

  /** The same place on the server as a client: a worker may chat and submit as well. */
  public MutiraoClient client() {
    return client;
  }

  /** The name under which this worker is registered. */
  public String name() {
    return client.name();
  }

  /** The names of the operations it announced. */
  public Set<String> operations() {
    return operations;
  }

  /** How many tasks it runs at once. */
  public int slots() {
    return slots;
  }

  /** How many attempts run at the moment. */
  public int running() {
    return attempts.running();
  }

  /**
   * Takes no more tasks, finishes what runs, sees to it that it is recorded, and leaves.
   * Repeatable.
   *
   * @return completed when this worker has left
   */
  public CompletableFuture<ClientListener.Connection.Closed> drain() {
    attempts.drain();
    return client.closed();
  }

  /**
   * Waits until this worker has left.
   *
   * @throws MutiraoException where it had to give up, with the reason
   */
  public void await() throws InterruptedException {
    ClientListener.Connection.Closed end;
    try {
      end = client.closed().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a session cannot fail", e);
    }
    if (!end.code().equals(MutiraoException.CLOSED)) {
      throw new MutiraoException(end.code(), end.message(), false, null);
    }
  }

  /**
   * Leaves at once: attempts that run are interrupted, and the server gives their tasks to others.
   * Repeatable.
   */
  @Override
  public void close() {
    attempts.cancelAll();
    session.close();
  }

  /** Makes a {@link MutiraoWorker}. Not thread-safe. */
  public static final class Builder {

    private final ClientOptions options;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private int slots = 1;
    private Observer observer = Observer.NONE;

    private Builder(ClientOptions options) {
      this.options = options;
    }

    /** Adds an operation under a name; a later one of the same name replaces it. */
    public Builder operation(String name, Operation operation) {
      operations.put(name, operation);
      return this;
    }

    /** Adds several. */
    public Builder operations(Map<String, Operation> named) {
      operations.putAll(named);
      return this;
    }

    /** Adds the eight operations every stock worker has. */
    public Builder builtInOperations() {
      return operations(BuiltInOperations.all());
    }

    /** How many tasks it runs at once, 1 to 1024; 1 unless set. */
    public Builder slots(int atOnce) {
      slots = atOnce;
      return this;
    }

    /** Who hears what the worker does. */
    public Builder observer(Observer newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Connects and registers; from then on tasks are run.
     *
     * @throws IllegalArgumentException where there is no operation
     * @throws MutiraoException as {@link MutiraoClient#connect}
     */
    public MutiraoWorker start() {
      if (operations.isEmpty()) {
        throw new IllegalArgumentException("a worker needs an operation to offer");
      }
      Map<String, Operation> offered = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
      Enlistment enlistment =
          new Enlistment(Role.WORKER, List.copyOf(offered.keySet()), slots, true);
      Session session = new Session(options, enlistment, Timing.system(), new SecureRandom());
      Attempts attempts = new Attempts(session, offered, observer);
      session.connect(attempts);
      return new MutiraoWorker(session, attempts, offered.keySet(), slots);
    }
  }
}
