package mutirao.server;

import mutirao.server.access.Hashing;
import mutirao.server.backup.Backups;
import mutirao.server.cluster.Cluster;
import mutirao.server.gateway.history.History;

/** What a gateway works with beside its log and its machine. */
public record Companions(History history, Cluster cluster, Backups backups, Hashing hashing) {

  /** The same for whoever has no thread to spare for passwords. */
  public Companions(History history, Cluster cluster, Backups backups) {
    this(history, cluster, backups, Hashing.atOnce());
  }

  /** Of a server for itself that keeps nothing. */
  public static Companions none(String node) {
    return new Companions(History.NONE, Cluster.alone(node, () -> 0), Backups.none());
  }
}
