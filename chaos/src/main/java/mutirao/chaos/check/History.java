package mutirao.chaos.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import org.jspecify.annotations.Nullable;

/** A history in the order of time, with its answers beside their questions. */
final class History {
  private final List<HistoryEvent> events;
  private final Map<String, HistoryEvent> invokes = new HashMap<>();
  private final Map<String, List<HistoryEvent>> answers = new HashMap<>();

  History(List<HistoryEvent> unordered) {
    events = new ArrayList<>(unordered);
    events.sort(Comparator.comparingLong(HistoryEvent::nanos));
    for (HistoryEvent event : events) {
      if (event.call() == 0) {
        continue;
      }
      if (event.phase() == Phase.INVOKE) {
        invokes.put(call(event), event);
      } else {
        answers.computeIfAbsent(call(event), _ -> new ArrayList<>()).add(event);
      }
    }
  }

  private static String call(HistoryEvent event) {
    return event.process() + ' ' + event.call();
  }

  List<HistoryEvent> all() {
    return events;
  }

  List<HistoryEvent> of(Action action, Phase phase) {
    return events.stream().filter(event -> event.is(action, phase)).toList();
  }

  /** Every message somebody got to see, when it was said or afterwards. */
  Stream<HistoryEvent> heardOrRead() {
    return Stream.concat(
        of(Action.HEAR, Phase.OK).stream(), of(Action.READ_ROOM, Phase.OK).stream());
  }

  /** The question of an answer; null where the client did not write it down. */
  @Nullable HistoryEvent invoke(HistoryEvent answer) {
    return invokes.get(call(answer));
  }

  List<HistoryEvent> answers(HistoryEvent invoke) {
    return answers.getOrDefault(call(invoke), List.of());
  }

  /** Whether the answer to a question says that it did not happen. */
  boolean refused(HistoryEvent invoke) {
    return answers(invoke).stream().anyMatch(answer -> answer.phase() == Phase.FAIL);
  }

  /** Events by what they have in common, in the order of time; those without it are left out. */
  static Map<String, List<HistoryEvent>> by(
      List<HistoryEvent> events, Function<HistoryEvent, @Nullable String> common) {
    Map<String, List<HistoryEvent>> groups = new LinkedHashMap<>();
    for (HistoryEvent event : events) {
      String group = common.apply(event);
      if (group != null) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(event);
      }
    }
    return groups;
  }
}
