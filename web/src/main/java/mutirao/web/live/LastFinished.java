package mutirao.web.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.server.gateway.history.Observer;
import org.jspecify.annotations.Nullable;

/** When each worker last finished something. Owned by the server's loop. */
public final class LastFinished implements Observer {
  /** Workers that are remembered; the longest idle go first. */
  private static final int MAX_WORKERS = 10_000;

  private final Map<String, Long> byName = new LinkedHashMap<>(16, 0.75f, true);

  @Override
  public void applied(List<Event> events, State state) {
    for (Event event : events) {
      if (event instanceof Event.TaskFinished finished) {
        Task task = state.tasks().byId(finished.task());
        String worker = task == null ? null : task.workerName();
        if (worker != null) {
          byName.put(worker, finished.timeMs());
          if (byName.size() > MAX_WORKERS) {
            byName.remove(byName.keySet().iterator().next());
          }
        }
      }
    }
  }

  /** Epoch milliseconds; null: not since this server started. */
  public @Nullable Long of(String worker) {
    return byName.get(worker);
  }
}
