package mutirao.client;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mutirao.client.ops.BuiltInOperations;
import mutirao.protocol.RawJson;

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

  private MutiraoWorker() {}

  /** A worker for these options; a role in them is replaced by {@code worker}. */
  public static Builder of(ClientOptions options) {
    return new Builder(options);
  }

  /** The same place on the server as a client: a worker may chat and submit as well. */
  public MutiraoClient client() {
    throw new UnsupportedOperationException();
  }

  /** The name under which this worker is registered. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The names of the operations it announced. */
  public Set<String> operations() {
    throw new UnsupportedOperationException();
  }

  /** How many tasks it runs at once. */
  public int slots() {
    throw new UnsupportedOperationException();
  }

  /** How many attempts run at the moment. */
  public int running() {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes no more tasks, finishes what runs, sees to it that it is recorded, and leaves.
   * Repeatable.
   *
   * @return completed when this worker has left
   */
  public CompletableFuture<ClientListener.Connection.Closed> drain() {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits until this worker has left.
   *
   * @throws MutiraoException where it had to give up, with the reason
   */
  public void await() throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves at once: attempts that run are interrupted, and the server gives their tasks to others.
   * Repeatable.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /** Makes a {@link MutiraoWorker}. Not thread-safe. */
  public static final class Builder {

    private Builder(ClientOptions options) {}

    /** Adds an operation under a name; a later one of the same name replaces it. */
    public Builder operation(String name, Operation operation) {
      throw new UnsupportedOperationException();
    }

    /** Adds several. */
    public Builder operations(Map<String, Operation> named) {
      named.forEach(this::operation);
      return this;
    }

    /** Adds the eight operations every stock worker has. */
    public Builder builtInOperations() {
      return operations(BuiltInOperations.all());
    }

    /** How many tasks it runs at once, 1 to 1024; 1 unless set. */
    public Builder slots(int atOnce) {
      throw new UnsupportedOperationException();
    }

    /** Who hears what the worker does. */
    public Builder observer(Observer newObserver) {
      throw new UnsupportedOperationException();
    }

    /**
     * Connects and registers; from then on tasks are run.
     *
     * @throws IllegalArgumentException where there is no operation
     * @throws MutiraoException as {@link MutiraoClient#connect}
     */
    public MutiraoWorker start() {
      throw new UnsupportedOperationException();
    }
  }
}
