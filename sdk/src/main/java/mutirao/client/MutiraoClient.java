package mutirao.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mutirao.protocol.Limits;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * A program's place on a server: it chats, submits tasks and asks. Thread-safe; calls may come from
 * any thread, and what one thread sends arrives in the order in which it was sent.
 *
 * <p>Every call returns at once with a {@link Reply} to wait for or to build on. When the
 * connection breaks, the client comes back by itself and takes its session up again: submits,
 * messages and reads that had no answer are sent again, under keys that keep them from happening
 * twice; other requests that may have been received fail with {@code disconnected}, not definitely.
 * What is called meanwhile waits and is sent afterwards, or fails with {@code timeout} or {@code
 * queue_full}; nothing is dropped without a word.
 */
public final class MutiraoClient implements AutoCloseable {

  private MutiraoClient() {}

  /**
   * Connects to the first server of the options that answers, and registers.
   *
   * @throws MutiraoException {@code unreachable} where no server could be connected to; the
   *     server's code where it refused, such as {@code name_taken}, {@code unauthorized} or {@code
   *     invalid}
   */
  public static MutiraoClient connect(ClientOptions options) {
    throw new UnsupportedOperationException();
  }

  /** The name under which this client is registered. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The role in which this client is registered. */
  public Role role() {
    throw new UnsupportedOperationException();
  }

  /** The session's id; a new one after the old one could not be taken up again. */
  public String session() {
    throw new UnsupportedOperationException();
  }

  /** Where this client is, or was last, connected to: {@code HOST:PORT}. */
  public String server() {
    throw new UnsupportedOperationException();
  }

  /** Whether there is a connection at the moment. */
  public boolean connected() {
    throw new UnsupportedOperationException();
  }

  /** Completed when this client has ended, by {@link #close()} or because it gave up. */
  public CompletableFuture<ClientListener.Connection.Closed> closed() {
    throw new UnsupportedOperationException();
  }

  /** Hands in a task. */
  public TaskHandle submit(TaskRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs a task and waits for its result, for as long as it takes.
   *
   * @param params see {@link TaskRequest#params}
   * @return the result as a value, see {@link TaskResult#value()}
   * @throws MutiraoException where it was not accepted, or with the worker's code where it failed
   */
  public @Nullable Object call(String operation, @Nullable Object params) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says something to everybody in a room.
   *
   * @param text 1 to 65,536 UTF-8 bytes
   * @return answered with the message's {@code seq} in the room
   */
  public Reply<Long> broadcast(String room, String text) {
    throw new UnsupportedOperationException();
  }

  /** Says something to everybody in the lobby. */
  public Reply<Long> broadcast(String text) {
    return broadcast(Limits.DEFAULT_ROOM, text);
  }

  /** Says something to one peer; answered when it is in that peer's inbox. */
  public Reply<ServerFrame.Delivered> direct(String target, String text) {
    throw new UnsupportedOperationException();
  }

  /** Enters a room; answered with its members. It is entered again after a lost session. */
  public Reply<ServerFrame.Joined> join(String room) {
    throw new UnsupportedOperationException();
  }

  /** Leaves a room. */
  public Reply<ServerFrame.Left> leave(String room) {
    throw new UnsupportedOperationException();
  }

  /** The newest messages of a room one is in, oldest first. */
  public Reply<List<ChatMessage>> history(String room, int limit) {
    return history(room, limit, null);
  }

  /**
   * Messages of a room one is in, oldest first, from before {@code beforeSeq}; null: the newest.
   */
  public Reply<List<ChatMessage>> history(String room, int limit, @Nullable Long beforeSeq) {
    throw new UnsupportedOperationException();
  }

  /** Who is there. */
  public Reply<ServerFrame.ClientList> clients() {
    throw new UnsupportedOperationException();
  }

  /** The workers and how busy they are. */
  public Reply<List<ServerFrame.WorkerView>> workers() {
    throw new UnsupportedOperationException();
  }

  /**
   * One's own tasks, newest first.
   *
   * @param state only those in this state; null: any
   * @param before only those older than this task, to page on; null: from the newest
   */
  public Reply<ServerFrame.TaskList> tasks(
      @Nullable String state, int limit, @Nullable String before) {
    throw new UnsupportedOperationException();
  }

  /** One task of one's own. */
  public Reply<ServerFrame.TaskView> query(String taskId) {
    throw new UnsupportedOperationException();
  }

  /** Ends a task of one's own that is not finished. */
  public Reply<ServerFrame.Cancelled> cancel(String taskId) {
    throw new UnsupportedOperationException();
  }

  /** Asks for a sign of life; answered with the time it took. */
  public Reply<Duration> ping() {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves for good: what was called before is still sent, then the server is told. Does not wait;
   * {@link #closed()} tells when it is over.
   */
  public void quit() {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves for good and waits until it is over, a few seconds at most. While there is no connection
   * it does not wait for one: what was not answered fails with {@code closed}. Repeatable.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
