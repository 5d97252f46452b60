package mutirao.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where connections come from, as far as it is counted: of IPv6 a /64 is one address. */
public final class Networks {
  /** Who has an IPv6 address has as many as fit behind these bytes. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private Networks() {}

  /** What an address is counted as. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }

  /** What the host of a connection's other end is counted as; it is as it is where it is none. */
  static String of(String remote) {
    String host = host(remote);
    try {
      return of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return host;
    }
  }

  /** The other end of a connection without its port, which is another one each time. */
  static String host(String remote) {
    int slash = remote.indexOf('/');
    String address = remote.substring(slash + 1);
    int port = address.lastIndexOf(':');
    return port < 0 ? address : address.substring(0, port);
  }
}
