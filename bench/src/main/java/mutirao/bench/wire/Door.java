package mutirao.bench.wire;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect, and how.
 *
 * @param tls whom to trust; null: nothing is encrypted
 */
public record Door(InetSocketAddress address, @Nullable SSLContext tls) {

  /** A door without a lock. */
  public static Door open(InetSocketAddress address) {
    return new Door(address, null);
  }
}
