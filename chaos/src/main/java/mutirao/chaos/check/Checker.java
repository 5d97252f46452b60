package mutirao.chaos.check;

import java.util.List;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;

/**
 * Judges histories. What is looked for, and why it is enough to look from outside, follows the
 * black-box checkers of Jepsen and of the databases that learnt from them: unique values, one
 * clock, and a last reading of everything.
 */
public final class Checker {
  private final int maxAttempts;

  /**
   * A checker.
   *
   * @param maxAttempts how often a task of these clients may run
   */
  public Checker(int maxAttempts) {
    this.maxAttempts = maxAttempts;
  }

  /** Checks all events of all clients, given in any order. */
  public Verdict check(List<HistoryEvent> events) {
    History history = new History(events);
    Violations found = new Violations();
    boolean complete = !history.of(Action.READ_ALL, Phase.OK).isEmpty();
    new TaskChecks(history, maxAttempts, complete, found).run();
    new RoomChecks(history, complete, found).run();
    new PeopleChecks(history, found).run();
    return new Verdict(found.all(), complete, counts(history));
  }

  private static Verdict.Counts counts(History history) {
    long unknown =
        history.all().stream()
            .filter(event -> event.phase() == Phase.INVOKE && event.call() != 0)
            .filter(
                event ->
                    history.answers(event).stream().allMatch(other -> other.phase() == Phase.INFO))
            .count();
    return new Verdict.Counts(
        history.of(Action.SUBMIT, Phase.OK).size(),
        history.of(Action.RESULT, Phase.OK).size(),
        history.of(Action.SEND, Phase.OK).size(),
        history.of(Action.HEAR, Phase.OK).size(),
        unknown,
        history.of(Action.FAULT, Phase.INVOKE).size());
  }
}
