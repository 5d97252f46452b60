package mutirao.server.local;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import mutirao.core.Command;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.account.Login;
import mutirao.core.session.Session;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Problem;
import mutirao.server.access.Permissions;
import mutirao.server.access.Principal;
import mutirao.server.gateway.Desk;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.server.gateway.outbox.Outbox;
import mutirao.server.tcp.Loop;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a socket: frames in, lines out, and what the {@link Desk} offers. Everything
 * that holds for a connection holds for this one: its login, its permissions, its rates, its bound
 * on what it leaves unread. Thread-safe; nothing here waits.
 */
public final class LocalConnection implements Transport, Outbox.Taker {
  /** How long a visitor that is being closed may take to read its last frames. */
  private static final long CLOSE_GRACE_MS = 2000;

  private final Loop loop;
  private final Gateway gateway;
  private final Visitor visitor;
  private final Caller caller;
  private final Peer peer;

  // Only for the loop's thread.
  private boolean closing;
  private boolean closed;

  private LocalConnection(Loop loop, Gateway gateway, Visitor visitor, Caller caller) {
    this.loop = loop;
    this.gateway = gateway;
    this.visitor = visitor;
    this.caller = caller;
    this.peer = gateway.connect(this);
  }

  static CompletableFuture<LocalConnection> open(
      Loop loop, Gateway gateway, Visitor visitor, Caller caller) {
    CompletableFuture<LocalConnection> opened = new CompletableFuture<>();
    run(
        loop,
        () -> {
          LocalConnection connection = new LocalConnection(loop, gateway, visitor, caller);
          gateway.welcome(connection.peer);
          opened.complete(connection);
        });
    return opened;
  }

  // A loop that runs nothing any more is a server that has stopped.
  static void run(Loop loop, Runnable work) {
    try {
      loop.run(work);
    } catch (RejectedExecutionException e) {
      // Nobody is there to do it.
    }
  }

  /** Says a frame, to be answered in a language. */
  public void say(ClientFrame frame, Locale language) {
    run(
        loop,
        () -> {
          peer.speak(language);
          peer.frame(frame);
        });
  }

  /**
   * Says what a socket would have brought; completes when the server has read it. Whoever passes on
   * what strangers send waits for that before the next, or the stranger fills the memory.
   */
  public CompletableFuture<Void> say(byte[] bytes) {
    CompletableFuture<Void> read = new CompletableFuture<>();
    run(
        loop,
        () -> {
          peer.receive(bytes, 0, bytes.length);
          read.complete(null);
        });
    return read;
  }

  /** Tells it that something is wrong with what it sent, and closes. */
  public void turnAway(Problem why) {
    run(loop, () -> peer.turnAway(why));
  }

  /** The other side is gone without a word: its session can be resumed. */
  public void disconnected() {
    run(loop, this::end);
  }

  /** Reads the state when all that was said before has taken effect. */
  public <T> CompletableFuture<Desk.Answer<T>> read(
      Permissions.Action action, BiFunction<State, Desk.Asker, T> reading) {
    CompletableFuture<Desk.Answer<T>> answer = new CompletableFuture<>();
    run(loop, () -> gateway.desk().read(peer, action, reading, answer::complete));
    return answer;
  }

  /** Has a command put into the log. */
  public CompletableFuture<Desk.Answer<Reply>> propose(Permissions.Action action, Command command) {
    CompletableFuture<Desk.Answer<Reply>> answer = new CompletableFuture<>();
    run(loop, () -> gateway.desk().propose(peer, action, command, answer::complete));
    return answer;
  }

  /** Whether it is registered; no more where its login or its session has ended. */
  public CompletableFuture<Boolean> registered() {
    CompletableFuture<Boolean> registered = new CompletableFuture<>();
    run(loop, () -> registered.complete(peer.registered()));
    return registered;
  }

  /** For whom it acts; nobody where it is not registered. */
  public CompletableFuture<Principal> principal() {
    CompletableFuture<Principal> principal = new CompletableFuture<>();
    run(loop, () -> principal.complete(peer.principal()));
    return principal;
  }

  /** The login its session was opened with; null where it showed none or is not registered. */
  public CompletableFuture<@Nullable Login> sessionLogin() {
    CompletableFuture<@Nullable Login> login = new CompletableFuture<>();
    run(
        loop,
        () -> {
          Session session = gateway.state().sessions().byId(peer.session());
          login.complete(session == null ? null : session.login());
        });
    return login;
  }

  @Override
  public void flush() {
    run(loop, this::write);
  }

  @Override
  public void close() {
    run(
        loop,
        () -> {
          if (!closing) {
            closing = true;
            loop.later(this::end, CLOSE_GRACE_MS);
            write();
          }
        });
  }

  @Override
  public String remote() {
    return caller.remote();
  }

  @Override
  public @Nullable String certificateName() {
    return caller.certificateName();
  }

  @Override
  public @Nullable Login login() {
    return caller.login();
  }

  @Override
  public boolean forAnyRole() {
    return visitor.forAnyRole();
  }

  @Override
  public boolean sharesKeys() {
    return visitor.sharesKeys();
  }

  @Override
  public void take(byte[] bytes, int length) {
    visitor.take(Arrays.copyOf(bytes, length), this::taken);
  }

  @Override
  public void takeShared(Outbox.Shared lines) {
    visitor.take(lines.bytes(), this::taken);
  }

  private void taken() {
    run(
        loop,
        () -> {
          peer.outbox().sent();
          write();
        });
  }

  private void write() {
    boolean more = !closed;
    while (more) {
      more = peer.outbox().take(this);
    }
    if (closing && peer.outbox().owedBytes() == 0) {
      end();
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      peer.disconnected();
      visitor.closed();
    }
  }
}
