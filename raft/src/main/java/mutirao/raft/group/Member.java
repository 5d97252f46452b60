package mutirao.raft.group;

/**
 * A server of a group.
 *
 * @param node its name
 * @param host where the others reach it
 * @param port on this port; not the one that clients use
 */
public record Member(String node, String host, int port) {

  /** {@code host:port}, an IPv6 host in brackets. */
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
