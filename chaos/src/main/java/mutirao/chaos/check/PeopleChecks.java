package mutirao.chaos.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import org.jspecify.annotations.Nullable;

/** Promises about who is who, who hears what, and who is answered. */
final class PeopleChecks {
  private final History history;
  private final Violations found;

  PeopleChecks(History history, Violations found) {
    this.history = history;
    this.found = found;
  }

  void run() {
    messagesAreSomebodys();
    namesAreHeldByOne();
    everyQuestionHasOneAnswer();
  }

  private void messagesAreSomebodys() {
    Map<String, HistoryEvent> sends = new HashMap<>();
    for (HistoryEvent send : history.of(Action.SEND, Phase.INVOKE)) {
      sends.put(Objects.requireNonNull(send.value()), send);
    }
    history.heardOrRead().forEach(heard -> check(heard, sends.get(heard.value())));
  }

  private void check(HistoryEvent heard, @Nullable HistoryEvent send) {
    String about = Objects.requireNonNullElse(heard.value(), "");
    if (send == null) {
      found.add(Invariant.INVENTED, about, heard);
      return;
    }
    if (history.refused(send)) {
      found.add(Invariant.INVENTED, about, send, heard);
    }
    if (!Objects.equals(send.name(), heard.name())) {
      found.add(Invariant.SENDER_FORGED, about, send, heard);
    }
    // The receiver of what is heard stands in its own "to": the name its client holds.
    boolean overheard =
        send.to() == null
            ? !Objects.equals(send.room(), heard.room())
            : !send.to().equals(heard.to());
    if (overheard) {
      found.add(Invariant.OVERHEARD, about, send, heard);
    }
  }

  /** From the answer that gives a name to the moment its holder gives it up or loses it. */
  private void namesAreHeldByOne() {
    Map<String, HistoryEvent> holders = new HashMap<>();
    for (HistoryEvent event : history.all()) {
      if (event.name() == null) {
        continue;
      }
      if (event.is(Action.REGISTER, Phase.OK)) {
        HistoryEvent holder = holders.put(event.name(), event);
        if (holder != null && !holder.process().equals(event.process())) {
          found.add(Invariant.NAME_SHARED, event.name(), holder, event);
        }
      } else if (event.action() == Action.RELEASE) {
        HistoryEvent holder = holders.get(event.name());
        if (holder != null && holder.process().equals(event.process())) {
          holders.remove(event.name());
        }
      }
    }
  }

  private void everyQuestionHasOneAnswer() {
    for (HistoryEvent invoke : history.all()) {
      if (invoke.phase() == Phase.INVOKE && invoke.call() != 0) {
        List<HistoryEvent> answers = history.answers(invoke);
        if (answers.size() > 1) {
          found.add(
              Invariant.ANSWERED_TWICE, invoke.process(), answers.toArray(HistoryEvent[]::new));
        }
      }
    }
  }
}
