package mutirao.web.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other places' pages from using this server with the rights of whoever looks at them, and
 * tells browsers what this one's pages may do.
 */
public final class Guard {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  /** What every answer carries, whoever gives it. */
  public static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private static final String OVERRIDE = "X-HTTP-Method-Override";
  private static final int BAD_REQUEST = 400;

  private final boolean loopback;

  /**
   * A guard.
   *
   * @param loopback whether only this machine reaches the server: then no other name than its own
   *     can be meant, and one that leads here all the same is somebody's trick (DNS rebinding)
   */
  public Guard(boolean loopback) {
    this.loopback = loopback;
  }

  /** Turns down what may be another place's doing. */
  public void check(Context context) {
    Locale language = Requests.language(context);
    String host = context.header("Host");
    if (loopback && host != null && !isThisMachine(name(host))) {
      throw new ApiException(
          language, Problem.of(null, ErrorCode.FORBIDDEN, "forbidden.host", name(host)));
    }
    if (context.header(OVERRIDE) != null) {
      // The library would take a GET for whatever this says: for a write that comes as none.
      throw ApiException.withStatus(
          BAD_REQUEST, language, Problem.of(null, ErrorCode.MALFORMED, "malformed.request"));
    }
    boolean upgrade = context.header("Upgrade") != null;
    if ((upgrade || !HARMLESS.contains(context.req().getMethod()))
        && isForeign(context.header("Origin"), host, context.req().isSecure())) {
      throw new ApiException(language, Problem.of(null, ErrorCode.FORBIDDEN, "forbidden.origin"));
    }
  }

  /** Sets what every answer carries. */
  public void mark(Context context) {
    HEADERS.forEach(context::header);
    if (context.req().isSecure()) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /**
   * Whether a page of that origin is another place's. One that was fetched in plain text may be
   * anybody's where this port is encrypted; the other way round there is a proxy in between.
   */
  private static boolean isForeign(
      @Nullable String origin, @Nullable String host, boolean encrypted) {
    if (origin == null) {
      // No browser: those always say.
      return false;
    }
    try {
      URI page = URI.create(origin);
      String authority = page.getAuthority();
      return authority == null
          || !authority.equalsIgnoreCase(host)
          || (encrypted && !"https".equalsIgnoreCase(page.getScheme()));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean isThisMachine(String name) {
    if (name.equalsIgnoreCase("localhost")
        || name.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
      return true;
    }
    // Never looks a name up: only an address is parsed.
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    try {
      return address && InetAddress.ofLiteral(name).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String name(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
