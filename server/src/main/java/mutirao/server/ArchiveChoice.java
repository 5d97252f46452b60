package mutirao.server;

/**
 * How much of what happened a server keeps in its archive.
 *
 * @param maxAgeMs older tasks and messages are forgotten
 * @param maxBytes above this size of the archive's file the oldest are forgotten
 */
public record ArchiveChoice(long maxAgeMs, long maxBytes) {

  /** Ninety days, but no more than a gibibyte. */
  public static final ArchiveChoice DEFAULT =
      new ArchiveChoice(90L * 24 * 60 * 60 * 1000, 1L << 30);

  private static final int SMALLEST_BYTES = 256 * 1024;

  public ArchiveChoice {
    if (maxAgeMs < 1) {
      throw new IllegalArgumentException("archive-age must be at least 1 ms");
    }
    if (maxBytes < SMALLEST_BYTES) {
      throw new IllegalArgumentException("archive-size must be at least 256 KiB");
    }
  }
}
