package mutirao.server.gateway.explain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.session.SessionRole;
import mutirao.core.task.Worker;
import mutirao.server.gateway.history.Observer;
import org.jspecify.annotations.Nullable;

/** Remembers which worker that knew an operation was the last to leave, and when. */
public final class Departures implements Observer {
  /** Operations that are remembered; the longest forgotten go first. */
  private static final int MAX_OPERATIONS = 1000;

  /**
   * Somebody left.
   *
   * @param atMs the machine's time
   */
  record Departure(String worker, long atMs) {}

  private final Map<Long, List<String>> operationsOf = new HashMap<>();
  private final Map<String, Departure> last = new LinkedHashMap<>();

  @Override
  public void applied(List<Event> events, State state) {
    for (Event event : events) {
      if (event instanceof Event.SessionOpened opened && opened.role() == SessionRole.WORKER) {
        operationsOf.put(opened.session(), opened.operations());
      } else if (event instanceof Event.SessionClosed closed) {
        left(closed, state.nowMs());
      }
    }
  }

  @Override
  public void replaced() {
    operationsOf.clear();
  }

  /** Takes in who is there already. */
  public void begin(State state) {
    for (Worker worker : state.tasks().workers()) {
      operationsOf.put(worker.session().id(), worker.session().operations());
    }
  }

  private void left(Event.SessionClosed closed, long nowMs) {
    List<String> operations = operationsOf.remove(closed.session());
    if (operations == null) {
      return;
    }
    for (String operation : operations) {
      last.remove(operation);
      last.put(operation, new Departure(closed.name(), nowMs));
      if (last.size() > MAX_OPERATIONS) {
        last.remove(last.keySet().iterator().next());
      }
    }
  }

  @Nullable Departure last(String operation) {
    return last.get(operation);
  }
}
