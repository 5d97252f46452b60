package mutirao.client.request;

/** What kind of request it is, which decides how it is kept. */
public enum RequestKind {
  /** Does no harm when it happens twice: sent again after a break. */
  REPEATABLE,
  /** As repeatable, thanks to its key, and a result of its task may overtake its answer. */
  SUBMIT,
  /** May have happened already: not sent again after a break. */
  ONCE,
  /** The client's own question, asked anew after a break if it still matters. */
  INTERNAL,
  /** A worker's report: has no bound in time or number but the worker's slots. */
  REPORT;

  /** Whether it counts against the bounds of what a caller may have under way. */
  boolean counted() {
    return switch (this) {
      case REPEATABLE, SUBMIT, ONCE -> true;
      case INTERNAL, REPORT -> false;
    };
  }

  /** Whether it fails when the connection breaks after it was sent. */
  boolean failsAtBreak() {
    return switch (this) {
      case ONCE, INTERNAL -> true;
      case REPEATABLE, SUBMIT, REPORT -> false;
    };
  }

  /** Whether its answer has to come within the time for one. */
  boolean timed() {
    return this != REPORT;
  }
}
