package mutirao.bench.peers.own;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * For whom a connection speaks.
 *
 * @param user the beginning of its name; where the server has users, one of them
 * @param token what proves it; null: nothing has to be proved
 * @param tls whom to trust; null: nothing is encrypted
 */
record Caller(String user, @Nullable String token, @Nullable SSLContext tls) {

  /** For a server that knows nobody. */
  static final Caller ANYBODY = new Caller("bench", null, null);

  /** The field of {@code register}, with a comma before it. */
  String field() {
    return token == null ? "" : ",\"token\":\"" + token + "\"";
  }
}
