package mutirao.server.gateway;

import mutirao.core.account.Login;
import org.jspecify.annotations.Nullable;

/** The socket side of one connection, as the gateway sees it. */
public interface Transport {

  /** The peer's outbox owes bytes. Any thread. */
  void flush();

  /**
   * Sends what the outbox still owes, as far as the other side takes it, then closes. Never calls
   * {@link Peer#disconnected} before it returns. Any thread; repeatable.
   */
  void close();

  /** Where the peer comes from, for the log; holds nothing the peer could choose. */
  String remote();

  /**
   * The common name of the certificate by which the peer proved who it is, verified against the
   * server's authorities; null where it showed none. Known before the first frame arrives.
   */
  default @Nullable String certificateName() {
    return null;
  }

  /**
   * Who it was found to be before, where the edge keeps logins over several connections; it counts
   * where {@code register} shows nothing else. Null: nobody.
   */
  default @Nullable Login login() {
    return null;
  }

  /**
   * Whether a user of any role may register on it: an edge's own connection, over which it looks
   * something up for whoever asks. What a role may not do it may not do here either.
   */
  default boolean forAnyRole() {
    return false;
  }

  /**
   * Whether a key of a task counts for all names of its user: where an edge gives each server's
   * connection a name of its own, and callers do not know which server they reach.
   */
  default boolean sharesKeys() {
    return false;
  }
}
