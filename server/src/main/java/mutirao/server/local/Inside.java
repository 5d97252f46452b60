package mutirao.server.local;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.view.Explanation;
import mutirao.server.ServerConfig;
import mutirao.server.cluster.Cluster;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.history.Observer;
import mutirao.server.tcp.Loop;
import mutirao.server.tls.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A running server from within: what an edge of its own needs that is no socket of the loop's.
 * Thread-safe; nothing here waits.
 */
public final class Inside {
  private final Loop loop;
  private final Gateway gateway;
  private final ServerConfig config;
  private final Cluster cluster;
  private final @Nullable Credentials credentials;

  /** Only {@code Server} makes one. */
  public Inside(
      Loop loop,
      Gateway gateway,
      ServerConfig config,
      Cluster cluster,
      @Nullable Credentials credentials) {
    this.loop = loop;
    this.gateway = gateway;
    this.config = config;
    this.cluster = cluster;
    this.credentials = credentials;
  }

  /** A new connection of the server's. */
  public CompletableFuture<LocalConnection> connect(Visitor visitor, Caller caller) {
    return LocalConnection.open(loop, gateway, visitor, caller);
  }

  /**
   * Looks at this server's own state as it is now, which in a group may be behind. For what is
   * shown to nobody in particular; what one user may see and another may not goes through a
   * connection.
   */
  public <T> CompletableFuture<T> look(Function<State, T> reading) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    run(() -> seen.complete(reading.apply(gateway.state())));
    return seen;
  }

  /** Tells {@code observer} what happens from now on, on the loop's thread. */
  public void observe(Observer observer) {
    run(() -> gateway.observe(observer));
  }

  /** The group of servers as this one sees it; null where it does not know at the moment. */
  public CompletableFuture<ServerFrame.@Nullable ClusterState> cluster() {
    CompletableFuture<ServerFrame.@Nullable ClusterState> seen = new CompletableFuture<>();
    run(
        () ->
            cluster.handle(
                new ClientFrame.Cluster(null, ClientFrame.ClusterAction.STATUS, null, null),
                null,
                answer ->
                    seen.complete(
                        answer instanceof Cluster.Answer.Group(ServerFrame.ClusterState state)
                            ? state
                            : null)));
    return seen;
  }

  /**
   * A task as the wire shows it, without its result and error; to be called as {@link #explain}.
   */
  public ServerFrame.TaskView view(State state, Task task) {
    return gateway.view(state, task);
  }

  /** What {@code explain} adds to a task's state; to be called where a state is read. */
  public Explanation explain(State state, Task task, Locale language) {
    return gateway.explain(state, task, language);
  }

  /** Connections of the server, registered or not. */
  public CompletableFuture<Integer> connectionCount() {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    run(() -> count.complete(gateway.connectionCount()));
    return count;
  }

  /** How the server was set up. */
  public ServerConfig config() {
    return config;
  }

  /** What proves who the server is; null where nothing is encrypted. */
  public @Nullable Credentials credentials() {
    return credentials;
  }

  private void run(Runnable work) {
    LocalConnection.run(loop, work);
  }
}
