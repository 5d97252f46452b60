package mutirao.chaos.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.HistoryFiles;
import mutirao.chaos.history.Phase;

/**
 * What killed submitters of one name left behind, as their histories tell.
 *
 * @param submitted the values of all tasks they asked for
 * @param unanswered those of which they never heard whether they were accepted
 */
record Estate(Set<String> submitted, Set<String> unanswered) {

  static Estate of(String name, Path folder) throws IOException {
    Set<String> submitted = new LinkedHashSet<>();
    List<HistoryEvent> events = HistoryFiles.read(folder);
    for (HistoryEvent event : events) {
      if (event.is(Action.SUBMIT, Phase.INVOKE) && name.equals(event.name())) {
        submitted.add(Objects.requireNonNull(event.value()));
      }
    }
    Set<String> unanswered = new LinkedHashSet<>(submitted);
    for (HistoryEvent event : events) {
      if (event.is(Action.SUBMIT, Phase.OK) && name.equals(event.name())) {
        unanswered.remove(event.value());
      }
    }
    return new Estate(submitted, unanswered);
  }
}
