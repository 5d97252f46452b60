package mutirao.archive;

import java.nio.file.Path;

/**
 * What an archive is given, checked once.
 *
 * @param file where it is kept; SQLite puts two more files beside it
 * @param maxAgeMs older rows are forgotten
 * @param maxBytes above this size of the file the oldest rows are forgotten
 * @param maxPayloadBytes longer params, results and errors of tasks are left out
 * @param maxWaitingRows rows that may wait to be written; what comes on top is missing
 * @param maxWaitingBytes bytes of such rows
 * @param processors how many of the machine's processors writing may take, as a long average
 */
public record ArchiveConfig(
    Path file,
    long maxAgeMs,
    long maxBytes,
    int maxPayloadBytes,
    int maxWaitingRows,
    long maxWaitingBytes,
    double processors) {

  /** So many rows may wait: a burst of some seconds. */
  public static final int MAX_WAITING_ROWS = 100_000;

  /** So many bytes of them: what the machine still holds anyway is counted, too. */
  public static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;

  /** A page of rows with payloads of this length fits into a frame. */
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private static final int SMALLEST_FILE_BYTES = 256 * 1024;

  /** The archive is beside the point of a server: it gets a tenth of the machine. */
  private static final double SHARE_OF_MACHINE = 0.1;

  /** An archive with the usual bounds. */
  public ArchiveConfig(Path file, long maxAgeMs, long maxBytes) {
    this(
        file,
        maxAgeMs,
        maxBytes,
        MAX_PAYLOAD_BYTES,
        MAX_WAITING_ROWS,
        MAX_WAITING_BYTES,
        Math.min(1, SHARE_OF_MACHINE * Runtime.getRuntime().availableProcessors()));
  }

  public ArchiveConfig {
    require(maxAgeMs >= 1, "the archive's age must be at least 1 ms");
    require(maxBytes >= SMALLEST_FILE_BYTES, "the archive's size must be at least 256 KiB");
    require(maxPayloadBytes >= 0, "the length of payloads must not be negative");
    require(maxWaitingRows >= 1 && maxWaitingBytes >= 1, "something must be able to wait");
    require(processors > 0 && processors <= 1, "one thread writes");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
