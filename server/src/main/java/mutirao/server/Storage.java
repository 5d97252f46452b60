package mutirao.server;

import java.nio.file.Path;

/**
 * Where and how a server keeps what must survive it.
 *
 * @param folder its own folder, made if it is not there
 * @param sync when what was asked for counts as done
 */
public record Storage(Path folder, Sync sync) {

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
