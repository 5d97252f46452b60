package mutirao.bench.load;

/**
 * Who takes part in a task workload.
 *
 * @param submitters connections that hand in tasks, at most 100
 * @param window most tasks each has outstanding; a power of two
 * @param workers connections that run them
 * @param slots tasks a worker takes at once
 */
public record TaskShape(int submitters, int window, int workers, int slots) {

  /** One task at a time: latency with nothing else in the way. */
  public static final TaskShape ONE_AT_A_TIME = new TaskShape(1, 1, 1, 1);

  /** Throughput: 256 tasks outstanding. */
  public static final TaskShape MANY = new TaskShape(4, 64, 4, 64);

  /** Checks the bounds. */
  public TaskShape {
    if (submitters < 1 || submitters > 100 || workers < 1 || slots < 1) {
      throw new IllegalArgumentException("1 to 100 submitters, at least one worker and slot");
    }
    if (Integer.bitCount(window) != 1) {
      throw new IllegalArgumentException("the window must be a power of two: " + window);
    }
  }

  /** The same with another window. */
  public TaskShape withWindow(int other) {
    return new TaskShape(submitters, other, workers, slots);
  }
}
