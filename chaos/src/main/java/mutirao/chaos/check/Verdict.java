package mutirao.chaos.check;

import java.util.List;

/**
 * What came of a check.
 *
 * @param complete whether the last reading was finished; without it nothing is known to be lost,
 *     and nothing is known to be kept
 * @param counts what was looked at, so that an empty history is not mistaken for a good one
 */
public record Verdict(List<Violation> violations, boolean complete, Counts counts) {
  public Verdict {
    violations = List.copyOf(violations);
  }

  /**
   * How much a history holds.
   *
   * @param accepted acknowledged tasks
   * @param ended tasks with an end
   * @param said acknowledged messages
   * @param heard messages heard
   * @param unknown requests whose outcome nobody knows
   * @param faults faults begun
   */
  public record Counts(
      long accepted, long ended, long said, long heard, long unknown, long faults) {}

  /** Nothing is wrong, and everything was read. */
  public boolean valid() {
    return complete && violations.isEmpty();
  }

  /** 0 valid, 1 violated, 2 not known. */
  public int exitCode() {
    return violations.isEmpty() ? (complete ? 0 : 2) : 1;
  }
}
