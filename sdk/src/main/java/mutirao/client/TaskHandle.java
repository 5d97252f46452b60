package mutirao.client;

import java.util.function.Consumer;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * A task that was handed in. Thread-safe. It stays good over reconnects: the submit is sent again
 * until it is answered (under one idempotency key, so that there is one task), and after each
 * reconnect the server is asked for results that may have been missed.
 */
public interface TaskHandle {

  /**
   * The server's promise not to lose the task.
   *
   * @param taskId the task's id
   * @param state the state at that moment, such as {@code queued} or {@code scheduled}
   * @param duplicate true where an earlier submit with the same key of the caller's made the task
   * @param waitingForWorker true where no worker knows the operation yet
   */
  record Acceptance(String taskId, String state, boolean duplicate, boolean waitingForWorker) {}

  /** How far the running attempt is. */
  record Progress(
      String taskId,
      int attempt,
      @Nullable Double percent,
      @Nullable String message,
      @Nullable String worker) {}

  /** The operation's name. */
  String operation();

  /** Answered once the server has accepted the task, failed where it refused. */
  Reply<Acceptance> accepted();

  /**
   * The task's id; waits for it to be accepted.
   *
   * @throws MutiraoException where the server refused
   */
  String id();

  /**
   * Answered once the task has ended, however it ended; failed where it was not accepted, or where
   * the server no longer knows it ({@code unknown_task}). There is no bound to the wait: give the
   * task an expiry, or wait with one. A {@code quiet} task's fails at once with {@code quiet}.
   */
  Reply<TaskResult> result();

  /**
   * Calls back with each progress of the task, in order, on the thread that delivers answers (see
   * {@link Reply}). Of the progress from before the first call only the newest is told. What comes
   * while the connection is lost is not repeated.
   *
   * @return this
   */
  TaskHandle onProgress(Consumer<Progress> listener);

  /** Asks to end the task; {@link #result()} then tells state {@code cancelled}. */
  Reply<ServerFrame.Cancelled> cancel();
}
