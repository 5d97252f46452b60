package mutirao.server.cluster;

import java.util.List;

/**
 * Of which group a server is to be.
 *
 * @param members the servers that begin together, this one among them; of a server that joins later
 *     only itself
 * @param joins whether it waits to be added to a group that is there already
 */
public record ClusterChoice(List<ClusterMember> members, boolean joins) {
  public ClusterChoice {
    members = List.copyOf(members);
    if (joins && members.size() != 1) {
      throw new IllegalArgumentException("a server that joins names only itself");
    }
  }
}
