package mutirao.web.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mutirao.core.Command;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.account.Login;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.server.access.Permissions;
import mutirao.server.access.Principal;
import mutirao.server.gateway.Desk;
import mutirao.server.local.Caller;
import mutirao.server.local.Inside;
import mutirao.server.local.LocalConnection;
import mutirao.server.local.Visitor;
import mutirao.web.http.ApiException;
import mutirao.web.http.Frames;
import mutirao.web.http.Problems;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection to the server, over which all requests with the same login go: each asks
 * and hears the answer that carries its {@code ref}. Thread-safe; nothing here waits.
 */
public final class Line implements Visitor {
  private static final byte[] REF = ",\"ref\":".getBytes(US_ASCII);
  private static final byte[] PING = "{\"type\":\"ping\"".getBytes(US_ASCII);

  /** The longest beginning of a line up to its {@code ref}: a brace and a type. */
  private static final int MAX_TYPE_BYTES = 40;

  private final int maxFrameBytes;
  private final AtomicLong refs = new AtomicLong();
  private final Map<String, Question> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<LocalConnection> connection;
  private volatile boolean closed;
  private volatile long usedAtNs;

  /** What waits for an answer, and in which language. */
  private record Question(CompletableFuture<ServerFrame> answer, Locale language) {}

  private Line(Inside inside, Caller caller) {
    this.maxFrameBytes = inside.config().maxFrameBytes();
    this.connection = inside.connect(this, caller);
  }

  /**
   * A line whose caller registers at once; completes when it has been let in, exceptionally with an
   * {@link ApiException} where it is not.
   *
   * @param names under which to register, tried in turn
   */
  static CompletableFuture<Line> open(
      Inside inside, Credentials credentials, Iterable<String> names, Locale language) {
    Line line = new Line(inside, credentials.caller());
    return line.register(credentials.shown(), names.iterator(), language).thenApply(_ -> line);
  }

  private CompletableFuture<ServerFrame.Registered> register(
      ClientFrame.Credentials shown, Iterator<String> names, Locale language) {
    String name = names.hasNext() ? names.next() : null;
    return ask(
            ref ->
                new ClientFrame.Register(
                    ref,
                    name,
                    Role.TASK_CLIENT,
                    null,
                    1,
                    false,
                    false,
                    shown,
                    null,
                    Map.of(),
                    language.toLanguageTag()),
            ServerFrame.Registered.class,
            language)
        .exceptionallyCompose(
            thrown -> {
              Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
              boolean taken =
                  cause instanceof ApiException problem
                      && problem.code() == ErrorCode.NAME_TAKEN
                      && name != null;
              if (taken) {
                return register(shown, names, language);
              }
              close();
              return CompletableFuture.failedFuture(cause);
            });
  }

  /** Asks with a frame; exceptional with an {@link ApiException} where it is turned down. */
  public <F extends ServerFrame> CompletableFuture<F> ask(
      Function<RawJson, ClientFrame> frame, Class<F> kind, Locale language) {
    String ref = Long.toString(refs.incrementAndGet());
    ClientFrame question;
    try {
      question = frame.apply(RawJson.of(ref));
    } catch (ApiException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
    waiting.put(ref, new Question(answer, language));
    if (closed) {
      hangUp();
    }
    var _ = connection.thenAccept(open -> open.say(question, language));
    return answer.thenApply(
        heard -> {
          if (heard instanceof ServerFrame.Error error) {
            throw new ApiException(language, error);
          }
          return kind.cast(heard);
        });
  }

  /**
   * Asks with the frame whose fields are those of {@code fields}; exceptional with an {@link
   * ApiException} where they are wrong, or it is turned down.
   *
   * @param type the frame's type, and {@code question} its class
   */
  public <Q extends ClientFrame, F extends ServerFrame> CompletableFuture<F> ask(
      String type, RawJson fields, Class<Q> question, Class<F> kind, Locale language) {
    return ask(type, fields, question, frame -> frame, kind, language);
  }

  /**
   * The same with something about the frame changed.
   *
   * @param change makes what is asked of what the fields say
   */
  public <Q extends ClientFrame, F extends ServerFrame> CompletableFuture<F> ask(
      String type,
      RawJson fields,
      Class<Q> question,
      UnaryOperator<Q> change,
      Class<F> kind,
      Locale language) {
    return ask(
        ref -> change.apply(Frames.of(type, ref, fields, question, maxFrameBytes, language)),
        kind,
        language);
  }

  /** Reads the state; exceptional as {@link #ask}. */
  public <T> CompletableFuture<T> read(
      Permissions.Action action, BiFunction<State, Desk.Asker, T> reading, Locale language) {
    return connection
        .thenCompose(open -> open.read(action, reading))
        .thenApply(answer -> given(answer, language));
  }

  /** Has a command put into the log; exceptional as {@link #ask}. */
  public CompletableFuture<Reply> propose(
      Permissions.Action action, Command command, Locale language) {
    return connection
        .thenCompose(open -> open.propose(action, command))
        .thenApply(answer -> given(answer, language));
  }

  private static <T> T given(Desk.Answer<T> answer, Locale language) {
    return switch (answer) {
      case Desk.Answer.Given<T>(T value) -> value;
      case Desk.Answer.Refused<T>(Problem problem, long retryAfterMs) ->
          throw problem.code() == ErrorCode.NOT_REGISTERED
              // It was, and its end came in between.
              ? Problems.unavailable(language)
              : new ApiException(language, problem, retryAfterMs);
    };
  }

  /** Who asks. */
  public CompletableFuture<Principal> principal() {
    return connection.thenCompose(LocalConnection::principal);
  }

  /** The login it was let in with; null where none was needed. */
  public CompletableFuture<@Nullable Login> sessionLogin() {
    return connection.thenCompose(LocalConnection::sessionLogin);
  }

  /** Whether the server has closed it. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether the server still serves it: it hears of its end a moment later. */
  CompletableFuture<Boolean> isThere() {
    return connection
        .thenCompose(LocalConnection::registered)
        .thenApply(
            there -> {
              closed |= !there;
              return there;
            });
  }

  /** Somebody calls. */
  void use(long nowNs) {
    usedAtNs = nowNs;
  }

  /** When somebody last called. */
  long usedAtNs() {
    return usedAtNs;
  }

  /** Leaves. */
  void close() {
    var _ = connection.thenAccept(open -> open.say(new ClientFrame.Quit(null), Locale.ENGLISH));
  }

  @Override
  public void take(byte[] lines, Runnable taken) {
    int from = 0;
    for (int at = 0; at < lines.length; at++) {
      if (lines[at] == '\n') {
        line(lines, from, at + 1);
        from = at + 1;
      }
    }
    taken.run();
  }

  /** What is no answer is not for it: messages in rooms, who comes and goes. */
  private void line(byte[] bytes, int from, int to) {
    if (answers(bytes, from, to)) {
      FrameReader<ServerFrame> reader = new FrameReader<>(FrameDecoder.server(), Integer.MAX_VALUE);
      reader.feed(
          bytes,
          from,
          to - from,
          new FrameReader.Sink<>() {
            @Override
            public void frame(ServerFrame frame) {
              RawJson ref = frame.ref();
              Question asked = ref == null ? null : waiting.remove(ref.toString());
              if (asked != null) {
                // Not on the loop: whoever waits may have a lot to do.
                asked.answer().completeAsync(() -> frame, Thread::startVirtualThread);
              }
            }

            @Override
            public void problem(Problem problem) {
              throw new IllegalStateException("the server said something wrong: " + problem);
            }
          });
    } else if (startsWith(bytes, from, to, PING)) {
      var _ = connection.thenAccept(open -> open.say(new ClientFrame.Pong(null), Locale.ENGLISH));
    }
  }

  private static boolean answers(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + MAX_TYPE_BYTES) - REF.length;
    for (int at = from; at < end; at++) {
      if (bytes[at] == ',') {
        return startsWith(bytes, at, to, REF);
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void closed() {
    closed = true;
    hangUp();
  }

  private void hangUp() {
    for (String ref : List.copyOf(waiting.keySet())) {
      Question asked = waiting.remove(ref);
      if (asked != null) {
        Problem gone = Problem.of(null, ErrorCode.UNAVAILABLE, "unavailable");
        asked
            .answer()
            .completeAsync(
                () -> Messages.error(asked.language(), gone), Thread::startVirtualThread);
      }
    }
  }

  /** Whoever may look may do so by HTTP; what else may be, each request is asked for itself. */
  @Override
  public boolean forAnyRole() {
    return true;
  }

  /** A repeat may reach another server, where the same caller's line has another name. */
  @Override
  public boolean sharesKeys() {
    return true;
  }
}
