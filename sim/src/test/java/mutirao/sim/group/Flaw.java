package mutirao.sim.group;

/** Bugs that somebody could write into a replicated log, for the tests of the tests. */
public enum Flaw {
  /** None: as it is promised. */
  NONE,
  /** A leader takes for committed what only it has. */
  ACK_BEFORE_COMMIT,
  /** A snapshot does not say which batches it holds. */
  DEDUPE_FORGOTTEN_IN_SNAPSHOT,
  /** An entry has the time of whoever applies it. */
  TIME_FROM_THE_LOCAL_CLOCK,
  /** A follower applies what it was sent, whether or not a majority has it. */
  UNCOMMITTED_TAIL_APPLIED
}
