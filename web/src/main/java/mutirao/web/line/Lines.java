package mutirao.web.line;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mutirao.core.State;
import mutirao.core.account.AccessToken;
import mutirao.core.account.Login;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.Secrets;
import mutirao.server.local.Inside;
import mutirao.web.http.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The lines that are open: one for each login that calls, kept while it does. Opening one costs two
 * entries of the log, so that a caller who comes every second opens one once. Thread-safe.
 */
public final class Lines implements AutoCloseable {
  /** Lines at once: each is a session of the server. */
  private static final int MAX_LINES = 1000;

  private static final long IDLE_NS = TimeUnit.MINUTES.toNanos(2);
  private static final String NAME = "web";

  /** Names that are tried on one server before it makes one up, which would share no keys. */
  private static final int MOST_NAMES = 9;

  private final Inside inside;
  private final LongSupplier clockNs;
  private final Map<String, CompletableFuture<Line>> byCaller =
      new LinkedHashMap<>(16, 0.75f, true);

  /** No lines yet. */
  public Lines(Inside inside) {
    this(inside, System::nanoTime);
  }

  /** The same with a clock that a test moves. */
  Lines(Inside inside, LongSupplier clockNs) {
    this.inside = inside;
    this.clockNs = clockNs;
  }

  /** The line of a caller, opened where there is none, or none any more. */
  public CompletableFuture<Line> of(Credentials credentials, Locale language) {
    CompletableFuture<Line> known = known(credentials, language);
    return known
        .thenCompose(Line::isThere)
        .thenCompose(there -> there ? known : known(credentials, language));
  }

  private synchronized CompletableFuture<Line> known(Credentials credentials, Locale language) {
    String caller = caller(credentials);
    CompletableFuture<Line> known = byCaller.get(caller);
    if (known != null && !isOver(known)) {
      if (known.isDone()) {
        known.join().use(clockNs.getAsLong());
      }
      return known;
    }
    dropIdle();
    if (byCaller.size() >= MAX_LINES) {
      return CompletableFuture.failedFuture(
          new ApiException(language, Problem.of(null, ErrorCode.OVERLOADED, "overloaded")));
    }
    CompletableFuture<Line> opening =
        fresh(credentials, language)
            .thenApply(
                line -> {
                  line.use(clockNs.getAsLong());
                  return line;
                });
    byCaller.put(caller, opening);
    return opening;
  }

  /** Opens a line that is nobody else's, to find out whether somebody is let in. */
  public CompletableFuture<Line> fresh(Credentials credentials, Locale language) {
    return inside
        .look(state -> user(state, credentials))
        .thenCompose(user -> Line.open(inside, credentials, names(user), language));
  }

  /** Whether nothing more can be asked over it. */
  private static boolean isOver(CompletableFuture<Line> line) {
    return line.isCompletedExceptionally() || (line.isDone() && line.join().isClosed());
  }

  /** Closes what nobody has used for a while; to be called now and then. */
  public synchronized void dropIdle() {
    long nowNs = clockNs.getAsLong();
    for (Iterator<CompletableFuture<Line>> all = byCaller.values().iterator(); all.hasNext(); ) {
      CompletableFuture<Line> line = all.next();
      if (isOver(line)) {
        all.remove();
      } else if (line.isDone() && nowNs - line.join().usedAtNs() > IDLE_NS) {
        all.remove();
        line.join().close();
      }
    }
  }

  /** Secrets are kept as hashes only. */
  private static String caller(Credentials credentials) {
    String token = credentials.shown().token();
    Login login = credentials.caller().login();
    if (token != null) {
      return "token " + Secrets.hash(token);
    }
    if (login != null) {
      return "login " + login.user() + " " + login.stamp() + " " + login.token();
    }
    String certificate = credentials.caller().certificateName();
    return certificate == null ? "nobody" : "certificate " + certificate;
  }

  private static @Nullable String user(State state, Credentials credentials) {
    if (state.accounts().isEmpty()) {
      return null;
    }
    String token = credentials.shown().token();
    if (token != null) {
      AccessToken known = state.accounts().token(Secrets.hash(token));
      return known == null ? null : known.terms().user();
    }
    Login login = credentials.caller().login();
    if (login != null) {
      return login.user();
    }
    String name = credentials.shown().username();
    return name == null ? credentials.caller().certificateName() : name;
  }

  /** The same name on every server of a group would be taken on all but one. */
  private List<String> names(@Nullable String user) {
    List<String> names = new ArrayList<>();
    String name = user == null ? NAME : user + "-" + NAME;
    names.add(name);
    String here = name + "-" + inside.config().node();
    names.add(here);
    for (int i = 2; i <= MOST_NAMES; i++) {
      names.add(here + "-" + i);
    }
    return names;
  }

  @Override
  public synchronized void close() {
    for (CompletableFuture<Line> line : byCaller.values()) {
      var _ = line.thenAccept(Line::close);
    }
    byCaller.clear();
  }
}
