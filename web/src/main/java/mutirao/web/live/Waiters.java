package mutirao.web.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.server.gateway.history.Observer;
import org.jspecify.annotations.Nullable;

/** Those who wait for a task to end. Thread-safe; told by the server's loop. */
public final class Waiters implements Observer {
  private final Map<Long, List<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

  /**
   * Completes when the task ends; one that has ended already never does, so that whoever waits
   * looks at it afterwards.
   */
  public CompletableFuture<Void> add(long task) {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    waiting.merge(
        task,
        List.of(waiter),
        (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    return waiter;
  }

  /** That one waits no more. */
  @SuppressWarnings("ReferenceEquality") // That one, and none like it.
  public void remove(long task, CompletableFuture<Void> waiter) {
    waiting.computeIfPresent(
        task,
        (_, all) -> {
          List<CompletableFuture<Void>> others =
              all.stream().filter(each -> each != waiter).toList();
          return others.isEmpty() ? null : others;
        });
  }

  @Override
  public void applied(List<Event> events, State state) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Event event : events) {
      if (event instanceof Event.TaskFinished finished) {
        complete(waiting.remove(finished.task()));
      }
    }
  }

  // Not on the loop: whoever waits may have a lot to do.
  private static void complete(@Nullable List<CompletableFuture<Void>> waiters) {
    if (waiters != null) {
      waiters.forEach(waiter -> waiter.completeAsync(() -> null, Thread::startVirtualThread));
    }
  }

  @Override
  public void replaced() {
    // Whether they have ended meanwhile is for those who wait to look up.
    waiting.values().forEach(Waiters::complete);
    waiting.clear();
  }
}
