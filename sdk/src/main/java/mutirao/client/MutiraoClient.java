package mutirao.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import mutirao.client.account.AccountRequest;
import mutirao.client.link.Frames;
import mutirao.client.link.Timing;
import mutirao.client.request.RequestKind;
import mutirao.client.session.Enlistment;
import mutirao.client.session.Session;
import mutirao.client.session.WorkerPart;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import mutirao.protocol.view.AccountList;
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

  private final Session session;

  MutiraoClient(Session session) {
    this.session = session;
  }

  /**
   * Connects to the first server of the options that answers, and registers.
   *
   * @throws MutiraoException {@code unreachable} where no server could be connected to; the
   *     server's code where it refused, such as {@code name_taken}, {@code unauthorized} or {@code
   *     invalid}
   */
  public static MutiraoClient connect(ClientOptions options) {
    Session session =
        new Session(options, Enlistment.as(options.role()), Timing.system(), new SecureRandom());
    session.connect(WorkerPart.NONE);
    return new MutiraoClient(session);
  }

  /** The name under which this client is registered. */
  public String name() {
    return session.identity().name();
  }

  /** The role in which this client is registered. */
  public Role role() {
    return session.identity().role();
  }

  /** The session's id; a new one after the old one could not be taken up again. */
  public String session() {
    return session.identity().session();
  }

  /** Where this client is, or was last, connected to: {@code HOST:PORT}. */
  public String server() {
    return session.identity().server();
  }

  /** Whether there is a connection at the moment. */
  public boolean connected() {
    return session.connected();
  }

  /** Completed when this client has ended, by {@link #close()} or because it gave up. */
  public CompletableFuture<ClientListener.Connection.Closed> closed() {
    return session.closed();
  }

  /** Hands in a task. */
  public TaskHandle submit(TaskRequest request) {
    return session.submit(request);
  }

  /**
   * Runs a task and waits for its result, for as long as it takes.
   *
   * @param params see {@link TaskRequest#params}
   * @return the result as a value, see {@link TaskResult#value()}
   * @throws MutiraoException where it was not accepted, or with the worker's code where it failed
   */
  public @Nullable Object call(String operation, @Nullable Object params) {
    return submit(TaskRequest.of(operation).params(params)).result().await().value();
  }

  /**
   * Says something to everybody in a room.
   *
   * @param text 1 to 65,536 UTF-8 bytes
   * @return answered with the message's {@code seq} in the room
   */
  public Reply<Long> broadcast(String room, String text) {
    RawJson message = Json.string(text);
    String key = session.newKey();
    return session.ask(
        RequestKind.REPEATABLE,
        ref -> new ClientFrame.Broadcast(ref, room, message, key),
        frame ->
            switch (frame) {
              case ServerFrame.Broadcast echo -> echo.seq();
              case ServerFrame.Delivered before -> before.seq();
              default -> null;
            });
  }

  /** Says something to everybody in the lobby. */
  public Reply<Long> broadcast(String text) {
    return broadcast(Limits.DEFAULT_ROOM, text);
  }

  /** Says something to one peer; answered when it is in that peer's inbox. */
  public Reply<ServerFrame.Delivered> direct(String target, String text) {
    RawJson message = Json.string(text);
    String key = session.newKey();
    return ask(
        RequestKind.REPEATABLE,
        ServerFrame.Delivered.class,
        ref -> new ClientFrame.Direct(ref, target, message, key));
  }

  /** Enters a room; answered with its members. It is entered again after a lost session. */
  public Reply<ServerFrame.Joined> join(String room) {
    return session.join(room);
  }

  /** Leaves a room. */
  public Reply<ServerFrame.Left> leave(String room) {
    return session.leave(room);
  }

  /** The newest messages of a room one is in, oldest first. */
  public Reply<List<ChatMessage>> history(String room, int limit) {
    return history(room, limit, null);
  }

  /**
   * Messages of a room one is in, oldest first, from before {@code beforeSeq}; null: the newest.
   */
  public Reply<List<ChatMessage>> history(String room, int limit, @Nullable Long beforeSeq) {
    return session.ask(
        RequestKind.REPEATABLE,
        ref -> new ClientFrame.History(ref, room, limit, beforeSeq),
        frame ->
            frame instanceof ServerFrame.History history
                ? history.messages().stream()
                    .map(line -> Frames.message(history.room(), line))
                    .toList()
                : null);
  }

  /**
   * What the server's archive has of messages and finished tasks that one takes part in, newest
   * first. An answer with fewer than asked for, or none, goes on where it has a {@link
   * ServerFrame.Found#next next}: a search that takes long is answered in parts. Fails with {@code
   * unavailable} where the server keeps no archive.
   */
  public Reply<ServerFrame.Found> search(Search search) {
    return ask(RequestKind.REPEATABLE, ServerFrame.Found.class, search::frame);
  }

  /** Who is there. */
  public Reply<ServerFrame.ClientList> clients() {
    return ask(RequestKind.REPEATABLE, ServerFrame.ClientList.class, ClientFrame.Status::new);
  }

  /** The workers and how busy they are. */
  public Reply<List<ServerFrame.WorkerView>> workers() {
    return session.ask(
        RequestKind.REPEATABLE,
        ClientFrame.Workers::new,
        frame -> frame instanceof ServerFrame.WorkerList list ? list.workers() : null);
  }

  /**
   * One's own tasks, newest first.
   *
   * @param state only those in this state; null: any
   * @param before only those older than this task, to page on; null: from the newest
   */
  public Reply<ServerFrame.TaskList> tasks(
      @Nullable String state, int limit, @Nullable String before) {
    return ask(
        RequestKind.REPEATABLE,
        ServerFrame.TaskList.class,
        ref -> new ClientFrame.Tasks(ref, state, limit, before));
  }

  /** One task of one's own. */
  public Reply<ServerFrame.TaskView> query(String taskId) {
    return session.ask(
        RequestKind.REPEATABLE,
        ref -> new ClientFrame.Query(ref, taskId),
        frame -> frame instanceof ServerFrame.TaskState state ? state.task() : null);
  }

  /**
   * One task, what it was submitted with, and why it does not run.
   *
   * @param any whether it may be anybody's, which is for an admin (without users: for everybody)
   */
  public Reply<ServerFrame.TaskState> explain(String taskId, boolean any) {
    return ask(
        RequestKind.REPEATABLE,
        ServerFrame.TaskState.class,
        ref -> new ClientFrame.Query(ref, taskId, any, true));
  }

  /** Ends a task of one's own that is not finished. */
  public Reply<ServerFrame.Cancelled> cancel(String taskId) {
    Reply<ServerFrame.Cancelled> reply = new Reply<>();
    session.cancel(taskId, reply);
    return reply;
  }

  /** The servers, as the one this client is connected to sees them. */
  public Reply<ServerFrame.ClusterState> cluster() {
    return cluster(RequestKind.REPEATABLE, ClientFrame.ClusterAction.STATUS, null, null);
  }

  /**
   * Takes a server into the group that was started to join it; answered with the group as it is
   * then.
   *
   * @param address where the other servers reach it, {@code host:port}
   */
  public Reply<ServerFrame.ClusterState> addServer(String node, String address) {
    return cluster(RequestKind.REPEATABLE, ClientFrame.ClusterAction.ADD, node, address);
  }

  /** Lets a server go. */
  public Reply<ServerFrame.ClusterState> removeServer(String node) {
    return cluster(RequestKind.ONCE, ClientFrame.ClusterAction.REMOVE, node, null);
  }

  /** Lets this server lead the others. */
  public Reply<ServerFrame.ClusterState> transferLeadership(String node) {
    return cluster(RequestKind.REPEATABLE, ClientFrame.ClusterAction.TRANSFER, node, null);
  }

  private Reply<ServerFrame.ClusterState> cluster(
      RequestKind kind,
      ClientFrame.ClusterAction action,
      @Nullable String node,
      @Nullable String address) {
    return ask(
        kind,
        ServerFrame.ClusterState.class,
        ref -> new ClientFrame.Cluster(ref, action, node, address));
  }

  /**
   * Asks the server for a backup of all that it keeps; answered with the first part. The rest is
   * asked for with {@link #backup(long)}, one part after the other, over the same connection.
   */
  public Reply<ServerFrame.BackupPart> backup() {
    return ask(
        RequestKind.ONCE, ServerFrame.BackupPart.class, ref -> new ClientFrame.Backup(ref, null));
  }

  /** More of the backup that was begun on this connection, from this byte on. */
  public Reply<ServerFrame.BackupPart> backup(long offset) {
    return ask(
        RequestKind.ONCE, ServerFrame.BackupPart.class, ref -> new ClientFrame.Backup(ref, offset));
  }

  /** Asks for users and tokens, or for a change of them. */
  public Reply<AccountList> account(AccountRequest request) {
    return session.ask(
        request.repeatable() ? RequestKind.REPEATABLE : RequestKind.ONCE,
        request::frame,
        frame -> frame instanceof ServerFrame.Accounts accounts ? accounts.list() : null);
  }

  /** Asks for a sign of life; answered with the time it took. */
  public Reply<Duration> ping() {
    long sentNs = System.nanoTime();
    return session.ask(
        RequestKind.REPEATABLE,
        ClientFrame.Ping::new,
        frame ->
            frame instanceof ServerFrame.Pong
                ? Duration.ofNanos(System.nanoTime() - sentNs)
                : null);
  }

  /**
   * Leaves for good: what was called before is still sent, then the server is told. Does not wait;
   * {@link #closed()} tells when it is over.
   */
  public void quit() {
    session.quit();
  }

  /**
   * Leaves for good and waits until it is over, a few seconds at most. While there is no connection
   * it does not wait for one: what was not answered fails with {@code closed}. Repeatable.
   */
  @Override
  public void close() {
    session.close();
  }

  private <T extends ServerFrame> Reply<T> ask(
      RequestKind kind, Class<T> answer, Function<RawJson, ClientFrame> frame) {
    return session.ask(kind, frame, reply -> answer.isInstance(reply) ? answer.cast(reply) : null);
  }
}
