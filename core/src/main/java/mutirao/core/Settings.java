package mutirao.core;

/**
 * What an operator may choose about the machine. Part of the machine's identity: every server of a
 * group has the same.
 *
 * @param resumeWindowMs how long a broken session is kept
 * @param maxTasks tasks known at once, waiting, running and kept
 * @param maxPayloadBytes bytes of params, results and errors known at once
 */
public record Settings(long resumeWindowMs, int maxTasks, long maxPayloadBytes) {

  /** Ten seconds, four million tasks, four gibibytes. */
  public static final Settings DEFAULT = new Settings(10_000, 4_000_000, 1L << 32);

  public Settings {
    if (resumeWindowMs < 0 || maxTasks < 1 || maxPayloadBytes < 1) {
      throw new IllegalArgumentException("settings out of range");
    }
  }
}
