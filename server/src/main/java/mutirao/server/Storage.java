package mutirao.server;

import java.nio.file.Path;
import mutirao.server.cluster.ClusterChoice;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server keeps what must survive it.
 *
 * @param folder its own folder, made if it is not there
 * @param sync when what was asked for counts as done
 * @param snapshotBytes when the log has grown by this much, a snapshot is taken, and what it makes
 *     superfluous is deleted
 * @param archive what it keeps for searching; null: nothing
 * @param cluster the servers with which it has one log; null: a server for itself
 */
public record Storage(
    Path folder,
    Sync sync,
    long snapshotBytes,
    @Nullable ArchiveChoice archive,
    @Nullable ClusterChoice cluster) {
  /** A restart reads that in a second or two. */
  public static final long DEFAULT_SNAPSHOT_BYTES = 64L * 1024 * 1024;

  private static final long LEAST_SNAPSHOT_BYTES = 64 * 1024;

  public Storage {
    if (snapshotBytes < LEAST_SNAPSHOT_BYTES) {
      throw new IllegalArgumentException(
          "snapshotBytes must be at least " + LEAST_SNAPSHOT_BYTES + ": " + snapshotBytes);
    }
  }

  /** With snapshots and an archive as usual. */
  public Storage(Path folder, Sync sync) {
    this(folder, sync, DEFAULT_SNAPSHOT_BYTES, ArchiveChoice.DEFAULT, null);
  }

  /** When what was asked for counts as done. */
  public enum Sync {
    /** When a majority of the servers (of one: this one) has it on disk. */
    MAJORITY,
    /**
     * When the operating system has it: faster on slow disks, and a killed server loses nothing
     * either; but a power cut may lose what was confirmed in the last seconds.
     */
    NONE
  }
}
