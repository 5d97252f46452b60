package mutirao.chaos.check;

import java.util.ArrayList;
import java.util.List;
import mutirao.chaos.history.HistoryEvent;

/** Collects what the checks find. */
final class Violations {
  private final List<Violation> found = new ArrayList<>();

  void add(Invariant invariant, String about, HistoryEvent... events) {
    found.add(new Violation(invariant, about, List.of(events)));
  }

  List<Violation> all() {
    return found;
  }
}
