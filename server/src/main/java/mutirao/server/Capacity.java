package mutirao.server;

import mutirao.core.Settings;

/**
 * How much a server may hold in the memory it was given. Refusing early is the only way to keep
 * what was accepted: a process that runs out of memory loses everything.
 */
public final class Capacity {

  /**
   * A task with its links, map slots and short strings, without its payload; measured with a
   * million of them.
   */
  private static final int TASK_BYTES = 700;

  private static final int MIN_TASKS = 1000;
  private static final long MIN_BYTES = 16L * 1024 * 1024;

  private Capacity() {}

  /**
   * The default settings as far as they fit: a third of the heap for tasks, a fifth for their
   * payloads.
   */
  public static Settings settings(long maxHeapBytes) {
    Settings wanted = Settings.DEFAULT;
    long tasks = Math.max(MIN_TASKS, maxHeapBytes / 3 / TASK_BYTES);
    long payload = Math.max(MIN_BYTES, maxHeapBytes / 5);
    return new Settings(
        wanted.resumeWindowMs(),
        (int) Math.min(wanted.maxTasks(), tasks),
        Math.min(wanted.maxPayloadBytes(), payload));
  }

  /** What all outboxes may hold together: a fifth of the heap. */
  public static long owedBytes(long maxHeapBytes) {
    return Math.max(MIN_BYTES, maxHeapBytes / 5);
  }
}
