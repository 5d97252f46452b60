package mutirao.cli.text;

import java.net.InetSocketAddress;

/** Where something listens, as {@code --server} takes it and a browser does. */
public final class HostAndPort {
  private HostAndPort() {}

  /** The address and its port, IPv6 in brackets; never a name. */
  public static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
