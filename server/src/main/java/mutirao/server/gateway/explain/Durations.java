package mutirao.server.gateway.explain;

/** Spans of time for people, in units that are written alike in English and Portuguese. */
final class Durations {
  private static final long SECOND_MS = 1000;
  private static final long MINUTE_MS = 60 * SECOND_MS;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** From here on the next larger unit says more. */
  private static final int MANY = 2;

  private Durations() {}

  /** Rounded to one unit; what is past is now. */
  static String text(long ms) {
    if (ms < MANY * MINUTE_MS) {
      return Math.ceilDiv(Math.max(0, ms), SECOND_MS) + " s";
    }
    if (ms < MANY * HOUR_MS) {
      return ms / MINUTE_MS + " min";
    }
    return ms < MANY * DAY_MS ? ms / HOUR_MS + " h" : ms / DAY_MS + " d";
  }
}
