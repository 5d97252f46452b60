package mutirao.sim.world;

/** The world is not as the documents say. */
public final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which promise, with what was seen instead. */
  public BrokenPromise(String what) {
    super(what);
  }

  /**
   * Throws unless {@code holds}; {@code what} and {@code details} say what was promised and seen.
   */
  public static void unless(boolean holds, String what, Object... details) {
    if (!holds) {
      StringBuilder text = new StringBuilder(what);
      for (Object detail : details) {
        text.append(' ').append(detail);
      }
      throw new BrokenPromise(text.toString());
    }
  }
}
