package mutirao.chaos.check;

import java.util.List;
import mutirao.chaos.history.HistoryEvent;

/**
 * A promise that was not kept.
 *
 * @param about the task, room, name or key it is about
 * @param events the fewest events that show it
 */
public record Violation(Invariant invariant, String about, List<HistoryEvent> events) {
  public Violation {
    events = List.copyOf(events);
  }
}
