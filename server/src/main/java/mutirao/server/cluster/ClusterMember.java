package mutirao.server.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.raft.group.Member;

/**
 * A server of a group.
 *
 * @param node its name
 * @param host where the other servers reach it
 * @param port on this port; not the one that clients use
 */
public record ClusterMember(String node, String host, int port) {
  private static final int LARGEST_PORT = 65_535;

  public ClusterMember {
    if (node.isBlank() || host.isBlank() || port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(node + "=" + host + ":" + port);
    }
  }

  /** {@code host:port}, an IPv6 host in brackets. */
  public String address() {
    return toMember().address();
  }

  /** The same as the log knows it. */
  public Member toMember() {
    return new Member(node, host, port);
  }

  /**
   * Reads {@code n1=host:port,n2=host:port}.
   *
   * @throws IllegalArgumentException where it says something else, or names a server twice; its
   *     message is the part in question
   */
  public static List<ClusterMember> list(String text) {
    List<ClusterMember> members = new ArrayList<>();
    Set<String> nodes = new HashSet<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || !nodes.add(part.substring(0, equals).strip())) {
        throw new IllegalArgumentException(part.strip());
      }
      members.add(of(part.substring(0, equals).strip(), part.substring(equals + 1).strip()));
    }
    return List.copyOf(members);
  }

  /**
   * Reads {@code host:port}, an IPv6 host in brackets.
   *
   * @throws IllegalArgumentException where it says something else
   */
  public static ClusterMember of(String node, String address) {
    int colon = address.lastIndexOf(':');
    try {
      String host = colon < 0 ? "" : address.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      return new ClusterMember(
          node,
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(address.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
