package mutirao.chaos.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Promises about tasks. A task's value is unique, and what a worker reports begins with it, so that
 * a result of another task is seen as such.
 */
final class TaskChecks {
  private static final Set<String> ENDS = Set.of("done", "failed", "cancelled", "expired");
  private static final String DONE = "done";

  private final History history;
  private final int maxAttempts;
  private final boolean complete;
  private final Violations found;
  private final List<HistoryEvent> accepted;
  private final Map<@Nullable String, @Nullable String> values = new HashMap<>();
  private final Map<String, List<HistoryEvent>> starts;
  private final Map<String, List<HistoryEvent>> reports;
  private final Map<String, List<HistoryEvent>> ends;
  private final Map<String, List<HistoryEvent>> lastReads;

  TaskChecks(History history, int maxAttempts, boolean complete, Violations found) {
    this.history = history;
    this.maxAttempts = maxAttempts;
    this.complete = complete;
    this.found = found;
    this.accepted = history.of(Action.SUBMIT, Phase.OK);
    accepted.forEach(submit -> values.putIfAbsent(submit.task(), submit.value()));
    this.starts = History.by(history.of(Action.START, Phase.OK), HistoryEvent::task);
    this.reports = History.by(history.of(Action.REPORT, Phase.INVOKE), HistoryEvent::task);
    List<HistoryEvent> reads = history.of(Action.READ_TASK, Phase.OK);
    this.lastReads = History.by(reads, HistoryEvent::task);
    this.ends =
        History.by(
            Stream.concat(history.of(Action.RESULT, Phase.OK).stream(), reads.stream())
                .filter(event -> event.state() != null && ENDS.contains(event.state()))
                .toList(),
            HistoryEvent::task);
  }

  void run() {
    if (complete) {
      acceptedTasksAreThere();
    }
    nothingIsInvented();
    aKeyIsOneTask();
    ends.forEach(this::theEndIsOne);
    starts.forEach(this::attemptsAreExclusive);
  }

  private void acceptedTasksAreThere() {
    for (HistoryEvent submit : accepted) {
      String task = Objects.requireNonNull(submit.task());
      List<HistoryEvent> reads = lastReads.getOrDefault(task, List.of());
      if (reads.isEmpty()) {
        found.add(Invariant.TASK_LOST, task, submit);
      } else if (reads.stream().noneMatch(read -> ENDS.contains(read.state()))) {
        found.add(Invariant.STUCK, task, submit, reads.getLast());
      }
    }
  }

  private void nothingIsInvented() {
    Set<@Nullable String> wanted = new HashSet<>();
    Map<String, HistoryEvent> refused = new HashMap<>();
    for (HistoryEvent submit : history.of(Action.SUBMIT, Phase.INVOKE)) {
      String value = Objects.requireNonNull(submit.value());
      if (history.refused(submit)) {
        refused.put(value, submit);
      } else {
        wanted.add(value);
      }
    }
    for (HistoryEvent start : history.of(Action.START, Phase.OK)) {
      if (!wanted.contains(start.value())) {
        HistoryEvent submit = refused.get(start.value());
        String task = Objects.requireNonNull(start.task());
        if (submit == null) {
          found.add(Invariant.INVENTED, task, start);
        } else {
          found.add(Invariant.INVENTED, task, submit, start);
        }
      }
    }
  }

  private void aKeyIsOneTask() {
    Map<String, HistoryEvent> firsts = new HashMap<>();
    for (HistoryEvent submit : accepted) {
      if (submit.key() == null) {
        continue;
      }
      HistoryEvent first = firsts.putIfAbsent(submit.key(), submit);
      if (first != null && !Objects.equals(first.task(), submit.task())) {
        found.add(Invariant.KEY_REUSED, submit.key(), first, submit);
      }
    }
  }

  private void theEndIsOne(String task, List<HistoryEvent> seen) {
    HistoryEvent first = seen.getFirst();
    for (HistoryEvent other : seen) {
      boolean same =
          Objects.equals(first.state(), other.state())
              && Objects.equals(first.value(), other.value())
              && first.attempt() == other.attempt();
      if (!same) {
        found.add(Invariant.ENDED_TWICE, task, first, other);
        return;
      }
    }
    if (DONE.equals(first.state())) {
      theResultIsRight(task, first);
    }
  }

  private void theResultIsRight(String task, HistoryEvent end) {
    List<HistoryEvent> ofTask = reports.getOrDefault(task, List.of());
    HistoryEvent report =
        ofTask.stream()
            .filter(event -> event.attempt() == end.attempt())
            .filter(event -> Objects.equals(event.value(), end.value()))
            .findFirst()
            .orElse(null);
    if (report == null || !ofThatTask(task, end)) {
      List<HistoryEvent> shown = new ArrayList<>(ofTask);
      shown.add(end);
      found.add(Invariant.WRONG_RESULT, task, shown.toArray(HistoryEvent[]::new));
      return;
    }
    List<HistoryEvent> begun = starts.getOrDefault(task, List.of());
    if (begun.stream().noneMatch(start -> start.attempt() == end.attempt())) {
      found.add(Invariant.EXECUTIONS, task, end);
    }
    for (HistoryEvent start : begun) {
      if (start.attempt() > end.attempt() && start.nanos() < report.nanos()) {
        found.add(Invariant.STALE_REPORT, task, start, report, end);
      }
    }
  }

  /** Whether a result begins with what was handed in, where that is known. */
  private boolean ofThatTask(String task, HistoryEvent end) {
    String value = values.get(task);
    return value == null || Objects.requireNonNullElse(end.value(), "").startsWith(value);
  }

  private void attemptsAreExclusive(String task, List<HistoryEvent> begun) {
    Map<Long, HistoryEvent> holders = new HashMap<>();
    for (HistoryEvent start : begun) {
      HistoryEvent holder = holders.putIfAbsent(start.attempt(), start);
      if (holder != null) {
        found.add(Invariant.ATTEMPT_SHARED, task, holder, start);
      }
      if (start.attempt() > maxAttempts) {
        found.add(Invariant.EXECUTIONS, task, start);
      }
    }
  }
}
