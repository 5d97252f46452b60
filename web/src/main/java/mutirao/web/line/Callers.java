package mutirao.web.line;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import mutirao.core.account.Login;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.access.Permissions;
import mutirao.server.access.Principal;
import mutirao.server.local.Caller;
import mutirao.server.local.Inside;
import mutirao.tls.Names;
import mutirao.web.http.ApiException;
import mutirao.web.http.Requests;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: by a token in {@code Authorization}, by the cookie of a login, by the
 * certificate of the connection; else it is nobody, which is somebody on a server without users.
 */
public final class Callers {
  private static final String COOKIE = "mutirao_session";
  private static final String BEARER = "Bearer ";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final Inside inside;
  private final BooleanSupplier leaderless;
  private final Lines lines;
  private final WebSessions sessions = new WebSessions();

  /**
   * Callers of a server.
   *
   * @param leaderless whether no server leads, so that nothing can be agreed on
   */
  public Callers(Inside inside, BooleanSupplier leaderless) {
    this.inside = inside;
    this.leaderless = leaderless;
    this.lines = new Lines(inside);
  }

  /** The lines of all callers. */
  public Lines lines() {
    return lines;
  }

  /** What a request shows. */
  public Credentials credentials(Context context) {
    return new Credentials(
        shown(context.header("Authorization")),
        new Caller(remote(context.req()), certificateName(context.req()), login(context)));
  }

  /** The line over which a request goes. */
  public Line line(Context context) {
    return Requests.await(context, lines.of(credentials(context), Requests.language(context)));
  }

  /** Turns down whoever may not do this. */
  public void check(Context context, Permissions.Action action) {
    boolean _ =
        Requests.await(
            context, line(context).read(action, (_, _) -> true, Requests.language(context)));
  }

  /** Whether no server leads: then no line can be opened, and what a line tells may be old. */
  public boolean leaderless() {
    return leaderless.getAsBoolean();
  }

  /**
   * The same as {@link #check}; where no server leads, by what this one knows. For what must work
   * then: watching, and bringing a server back.
   */
  public void checkEvenAlone(Context context, Permissions.Action action) {
    if (!leaderless()) {
      check(context, action);
      return;
    }
    Principal who = known(context);
    Problem problem =
        who == null
            ? Problem.of(null, ErrorCode.UNAUTHORIZED, "unauthorized.missing")
            : Permissions.refusal(who, action);
    if (problem != null) {
      throw new ApiException(Requests.language(context), problem);
    }
  }

  private @Nullable Principal known(Context context) {
    Credentials credentials = credentials(context);
    long nowMs = System.currentTimeMillis();
    CompletableFuture<Optional<Principal>> known =
        inside.look(
            state ->
                Optional.ofNullable(
                    Acquaintances.of(state, inside.config().access(), credentials, nowMs)));
    return Requests.await(context, known).orElse(null);
  }

  /**
   * Who calls; null where that cannot be found out without a login. Where no server leads, by what
   * this one knows.
   */
  public @Nullable Principal principal(Context context) {
    if (leaderless()) {
      return known(context);
    }
    try {
      return Requests.await(context, line(context).principal());
    } catch (ApiException e) {
      if (e.code() == ErrorCode.UNAUTHORIZED || e.code() == ErrorCode.NOT_REGISTERED) {
        return null;
      }
      throw e;
    }
  }

  /** Lets somebody in who knows a password, with a cookie from then on. */
  public Principal logIn(Context context, String user, String password) {
    Locale language = Requests.language(context);
    Credentials credentials =
        new Credentials(
            new ClientFrame.Credentials(null, user, password),
            new Caller(remote(context.req()), null, null));
    Line line = Requests.await(context, lines.fresh(credentials, language));
    try {
      Login login = Requests.await(context, line.sessionLogin());
      if (login == null || login.equals(Login.OPEN)) {
        // A server without users lets in anybody, and so this proves nothing.
        throw new ApiException(language, Problem.of(null, ErrorCode.UNAUTHORIZED, "unauthorized"));
      }
      cookie(context, sessions.open(login), -1);
      return Requests.await(context, line.principal());
    } finally {
      line.close();
    }
  }

  /** Ends the login of a request's cookie. */
  public void logOut(Context context) {
    String secret = context.cookie(COOKIE);
    if (secret != null) {
      sessions.close(secret);
      cookie(context, "", 0);
    }
  }

  private static void cookie(Context context, String value, int maxAge) {
    boolean tls = context.req().isSecure();
    context.cookie(new Cookie(COOKIE, value, "/", maxAge, tls, true, null, SameSite.STRICT));
  }

  private @Nullable Login login(Context context) {
    String secret = context.cookie(COOKIE);
    return secret == null || secret.isEmpty() ? null : sessions.find(secret);
  }

  private static ClientFrame.Credentials shown(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? new ClientFrame.Credentials(authorization.substring(BEARER.length()).strip(), null, null)
        : ClientFrame.Credentials.NONE;
  }

  private static @Nullable String certificateName(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Names.commonName(chain[0])
        : null;
  }

  private static String remote(HttpServletRequest request) {
    return "/" + request.getRemoteAddr() + ":" + request.getRemotePort();
  }
}
