package mutirao.archive.store;

/**
 * Log positions that the archive has nothing of, though something may have happened there.
 *
 * @param from the first of them
 * @param to the last of them
 * @param fromMs when they began at the earliest, epoch milliseconds; 0: nobody knows
 * @param toMs when they were over at the latest
 */
public record Gap(long from, long to, long fromMs, long toMs, Reason reason) {

  /** Why positions are missing. */
  public enum Reason {
    /** They did not come by: the archive was off or new, or a state was taken over as a whole. */
    NOT_RECORDED,
    /** The archive could not keep up with the server. */
    OVERLOAD,
    /** They came by and are not written yet. */
    PENDING,
    /** They were there, and were forgotten because of their age or the archive's size. */
    RETENTION
  }

  public Gap {
    if (from > to) {
      throw new IllegalArgumentException("a gap must not be empty");
    }
  }
}
