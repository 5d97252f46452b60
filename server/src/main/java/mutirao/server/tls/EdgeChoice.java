package mutirao.server.tls;

import org.jspecify.annotations.Nullable;

/**
 * What strangers meet before anybody knows them.
 *
 * @param maxConnectionsPerAddress connections of one address at once; this machine's own have no
 *     such bound
 * @param frameTimeoutMs how long a frame may take to arrive
 * @param tls null: nothing is encrypted
 */
public record EdgeChoice(
    int maxConnectionsPerAddress, long frameTimeoutMs, @Nullable TlsChoice tls) {

  /** As everybody gets it. */
  public static final EdgeChoice DEFAULT = new EdgeChoice(1000, 30_000, null);

  public EdgeChoice {
    if (maxConnectionsPerAddress < 1) {
      throw new IllegalArgumentException("max-connections-per-address must be at least 1");
    }
    if (frameTimeoutMs < 1) {
      throw new IllegalArgumentException("frame-timeout must be at least 1 ms");
    }
  }

  /** The same with TLS. */
  public EdgeChoice withTls(TlsChoice newTls) {
    return new EdgeChoice(maxConnectionsPerAddress, frameTimeoutMs, newTls);
  }
}
