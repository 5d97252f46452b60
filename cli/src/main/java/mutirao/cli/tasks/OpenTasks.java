package mutirao.cli.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The tasks of this session whose end has not been printed. Thread-safe. */
final class OpenTasks {
  private final Map<String, CompletableFuture<Void>> printed = new LinkedHashMap<>();
  private boolean anyFailed;

  /** A task was accepted. */
  synchronized void add(String taskId) {
    printed.put(taskId, new CompletableFuture<>());
  }

  /**
   * Its end has been printed.
   *
   * @param well whether it ended well
   */
  synchronized void ended(String taskId, boolean well) {
    anyFailed |= !well;
    CompletableFuture<Void> waiting = printed.remove(taskId);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** Their ids, oldest first. */
  synchronized List<String> ids() {
    return List.copyOf(printed.keySet());
  }

  /** Whether any did not end well. */
  synchronized boolean anyFailed() {
    return anyFailed;
  }

  /** Completed when the end of every task that is open now has been printed. */
  synchronized CompletableFuture<Void> allPrinted() {
    return CompletableFuture.allOf(printed.values().toArray(CompletableFuture<?>[]::new));
  }
}
