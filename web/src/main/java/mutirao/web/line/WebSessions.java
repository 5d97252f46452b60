package mutirao.web.line;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mutirao.core.account.Login;
import mutirao.server.Chance;
import mutirao.server.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Who logged in with a browser: a random secret in its cookie stands for the login, here under the
 * secret's hash, in memory, on this server alone. Whether the login is still good the server finds
 * out at each request. Thread-safe.
 */
public final class WebSessions {
  private static final int MAX_SESSIONS = 10_000;
  private static final long IDLE_NS = TimeUnit.HOURS.toNanos(12);
  private static final long LONGEST_NS = TimeUnit.DAYS.toNanos(7);

  private record Entry(Login login, long madeAtNs, long usedAtNs) {}

  private final Secrets secrets = new Secrets(Chance.secure());
  private final Map<String, Entry> byHash = new LinkedHashMap<>(16, 0.75f, true);

  /** A new session; the secret is for the cookie. */
  public synchronized String open(Login login) {
    String secret = secrets.create();
    long nowNs = System.nanoTime();
    byHash.put(Secrets.hash(secret), new Entry(login, nowNs, nowNs));
    if (byHash.size() > MAX_SESSIONS) {
      Iterator<String> longestUnused = byHash.keySet().iterator();
      longestUnused.next();
      longestUnused.remove();
    }
    return secret;
  }

  /** The login behind a cookie; null where there is none (any more). */
  public synchronized @Nullable Login find(String secret) {
    String hash = Secrets.hash(secret);
    Entry entry = byHash.get(hash);
    long nowNs = System.nanoTime();
    if (entry == null) {
      return null;
    }
    if (nowNs - entry.usedAtNs() > IDLE_NS || nowNs - entry.madeAtNs() > LONGEST_NS) {
      byHash.remove(hash);
      return null;
    }
    byHash.put(hash, new Entry(entry.login(), entry.madeAtNs(), nowNs));
    return entry.login();
  }

  /** Ends a session. */
  public synchronized void close(String secret) {
    byHash.remove(Secrets.hash(secret));
  }
}
