package mutirao.cli.tasks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mutirao.client.TaskHandle;
import mutirao.client.TaskResult;
import org.jspecify.annotations.Nullable;

/** The tasks of this session, newest last, and what has become of them. Thread-safe. */
final class TaskBook {
  /** Finished tasks remembered for {@code /results}; those that run are never forgotten. */
  private static final int MAX_FINISHED = 1000;

  /** One task. */
  static final class Page {
    private final TaskHandle handle;
    private final String taskId;
    private final CompletableFuture<Void> printed = new CompletableFuture<>();
    private volatile @Nullable TaskResult result;
    private volatile @Nullable String failure;

    private Page(TaskHandle handle, String taskId) {
      this.handle = handle;
      this.taskId = taskId;
    }

    TaskHandle handle() {
      return handle;
    }

    String taskId() {
      return taskId;
    }

    /** How it ended; null while it has not. */
    @Nullable TaskResult result() {
      return result;
    }

    /** Why nobody knows how it ended; null while there is hope. */
    @Nullable String failure() {
      return failure;
    }

    boolean over() {
      return result != null || failure != null;
    }
  }

  private final Deque<Page> pages = new ArrayDeque<>();
  private int finished;
  private boolean anyFailed;

  /** A task was accepted. */
  synchronized Page add(TaskHandle handle, String taskId) {
    Page page = new Page(handle, taskId);
    pages.add(page);
    return page;
  }

  /** It ended. To be told after it has been printed. */
  synchronized void ended(Page page, TaskResult result) {
    page.result = result;
    over(page, !result.done());
  }

  /** Its end will not be known. To be told after that has been printed. */
  synchronized void lost(Page page, String why) {
    page.failure = why;
    over(page, true);
  }

  private void over(Page page, boolean failed) {
    anyFailed |= failed;
    if (++finished > MAX_FINISHED) {
      pages.removeFirstOccurrence(pages.stream().filter(Page::over).findFirst().orElse(page));
      finished--;
    }
    page.printed.complete(null);
  }

  /** The tasks, oldest first. */
  synchronized List<Page> all() {
    return new ArrayList<>(pages);
  }

  /** How many have not ended. */
  synchronized int open() {
    return pages.size() - finished;
  }

  /** Whether any did not end well. */
  synchronized boolean anyFailed() {
    return anyFailed;
  }

  /** Completed when the end of every task that is known now has been printed. */
  CompletableFuture<Void> allPrinted() {
    return CompletableFuture.allOf(
        all().stream().map(page -> page.printed).toArray(CompletableFuture<?>[]::new));
  }
}
