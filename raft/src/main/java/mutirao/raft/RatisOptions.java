package mutirao.raft;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import mutirao.core.Settings;
import mutirao.raft.group.Member;
import mutirao.raft.group.PeerTls;
import mutirao.raft.group.Remedies;
import mutirao.raft.version.Versions;
import org.jspecify.annotations.Nullable;

/**
 * How a log on disk is kept.
 *
 * @param folder everything is in here
 * @param node name of this server; the folder belongs to it
 * @param group the servers that begin together, this one among them; empty: a server for itself,
 *     that opens no port for others
 * @param joins whether this server waits to be added to a group that is there already
 * @param settings what the machine is to work with from now on
 * @param sync when a batch counts as safe
 * @param maxEntryBytes largest batch
 * @param snapshotBytes a snapshot is taken when the log has grown by this much
 * @param snapshotCommands or when it has this many commands more
 * @param tls how connections between the servers are encrypted; null: they are not
 * @param versions what this program writes and makes
 */
public record RatisOptions(
    Path folder,
    String node,
    List<Member> group,
    boolean joins,
    Settings settings,
    Sync sync,
    int maxEntryBytes,
    long snapshotBytes,
    long snapshotCommands,
    @Nullable PeerTls tls,
    Versions versions) {

  /** When a batch counts as safe. */
  public enum Sync {
    /** When a majority (of one server: this one) has it on disk, by fsync. */
    MAJORITY,
    /**
     * When the operating system has it: a killed server loses nothing, but a power cut may lose
     * what was acknowledged in the seconds before.
     */
    NONE
  }

  /** Sixty-four mebibytes or half a million commands: a restart reads that in a second or two. */
  public static RatisOptions of(Path folder, String node, Settings settings) {
    return new RatisOptions(
        folder,
        node,
        List.of(),
        false,
        settings,
        Sync.MAJORITY,
        8 * 1024 * 1024,
        64L * 1024 * 1024,
        500_000,
        null,
        Versions.OWN);
  }

  /** The same, safe at another moment. */
  public RatisOptions withSync(Sync newSync) {
    return changed(copy -> copy.sync = newSync);
  }

  /** The same with larger or smaller batches. */
  public RatisOptions withMaxEntryBytes(int newMax) {
    return changed(copy -> copy.maxEntryBytes = newMax);
  }

  /** The same with a snapshot for so many bytes of the log. */
  public RatisOptions withSnapshotBytes(long everyBytes) {
    return withSnapshots(everyBytes, snapshotCommands);
  }

  /** The same with more or fewer snapshots. */
  public RatisOptions withSnapshots(long everyBytes, long everyCommands) {
    return changed(
        copy -> {
          copy.snapshotBytes = everyBytes;
          copy.snapshotCommands = everyCommands;
        });
  }

  /** The same as a member of a group. */
  public RatisOptions withGroup(List<Member> newGroup, boolean newJoins) {
    return changed(
        copy -> {
          copy.group = List.copyOf(newGroup);
          copy.joins = newJoins;
        });
  }

  /** The same with encrypted connections between the servers; null: they are not. */
  public RatisOptions withTls(@Nullable PeerTls newTls) {
    return changed(copy -> copy.tls = newTls);
  }

  /** The same as a program of other versions keeps it. */
  RatisOptions withVersions(Versions newVersions) {
    return changed(copy -> copy.versions = newVersions);
  }

  private RatisOptions changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.of(this);
  }

  /** What may change of it. */
  private static final class Copy {
    private List<Member> group;
    private boolean joins;
    private Sync sync;
    private int maxEntryBytes;
    private long snapshotBytes;
    private long snapshotCommands;
    private @Nullable PeerTls tls;
    private Versions versions;

    Copy(RatisOptions from) {
      this.group = from.group;
      this.joins = from.joins;
      this.sync = from.sync;
      this.maxEntryBytes = from.maxEntryBytes;
      this.snapshotBytes = from.snapshotBytes;
      this.snapshotCommands = from.snapshotCommands;
      this.tls = from.tls;
      this.versions = from.versions;
    }

    RatisOptions of(RatisOptions from) {
      return new RatisOptions(
          from.folder,
          from.node,
          group,
          joins,
          from.settings,
          sync,
          maxEntryBytes,
          snapshotBytes,
          snapshotCommands,
          tls,
          versions);
    }
  }

  /** Whether it is a server for itself. */
  boolean alone() {
    return group.isEmpty();
  }

  /** What helps where its folder is damaged: part of a sentence. */
  String remedy() {
    Member self = self();
    return "the disk may be failing: copy the folder away"
        + (self == null
            ? ", then restore it from a backup"
            : ". " + Remedies.takeInAgain(node, self.address()));
  }

  /** This server among its group; null where it is for itself. */
  @Nullable Member self() {
    return group.stream().filter(member -> member.node().equals(node)).findFirst().orElse(null);
  }
}
