package mutirao.chaos.check;

import static mutirao.chaos.check.Changes.accepted;
import static mutirao.chaos.check.Changes.acknowledgedRead;
import static mutirao.chaos.check.Changes.answerEarly;
import static mutirao.chaos.check.Changes.beginNext;
import static mutirao.chaos.check.Changes.changed;
import static mutirao.chaos.check.Changes.find;
import static mutirao.chaos.check.Changes.first;
import static mutirao.chaos.check.Changes.inStream;
import static mutirao.chaos.check.Changes.last;
import static mutirao.chaos.check.Changes.overhear;
import static mutirao.chaos.check.Changes.repeatAtEnd;
import static mutirao.chaos.check.Changes.repeated;
import static mutirao.chaos.check.Changes.shareKey;
import static mutirao.chaos.check.Changes.swapQuestions;
import static mutirao.chaos.check.Changes.swapReads;
import static mutirao.chaos.check.Changes.takeName;
import static mutirao.chaos.check.Changes.takeNameAfterForeignRelease;
import static mutirao.chaos.check.Changes.without;
import static mutirao.chaos.check.Changes.withoutAll;
import static mutirao.chaos.check.Changes.withoutRead;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;

/** Histories made wrong in one place, each with the promise that it breaks. */
final class Mutants {

  /** Makes a history wrong; an unchanged one has no place for it. */
  record Mutant(String name, Invariant breaks, UnaryOperator<List<HistoryEvent>> change) {
    @Override
    public String toString() {
      return breaks + ": " + name;
    }
  }

  private static final String FOREIGN = "somebody else";

  private Mutants() {}

  static Stream<Mutant> all() {
    return Stream.of(ofTasks(), ofEnds(), ofRooms(), ofStreams(), ofPeople())
        .flatMap(mutants -> mutants);
  }

  private static Stream<Mutant> ofTasks() {
    return Stream.of(
        new Mutant("the first is gone", Invariant.TASK_LOST, without(first(Action.READ_TASK))),
        new Mutant("the last is gone", Invariant.TASK_LOST, without(last(Action.READ_TASK))),
        new Mutant("all are gone", Invariant.TASK_LOST, withoutAll(Action.READ_TASK)),
        new Mutant(
            "still running",
            Invariant.STUCK,
            changed(first(Action.READ_TASK), event -> event.state("running"))),
        new Mutant(
            "still queued",
            Invariant.STUCK,
            changed(last(Action.READ_TASK), event -> event.state("queued"))),
        new Mutant(
            "still scheduled",
            Invariant.STUCK,
            changed(last(Action.READ_TASK), event -> event.state("scheduled"))),
        new Mutant(
            "a task of nobody runs",
            Invariant.INVENTED,
            changed(first(Action.START), event -> event.value("nobody's"))),
        new Mutant("a refused task runs", Invariant.INVENTED, Changes::runARefusedTask),
        new Mutant(
            "a message of nobody is heard",
            Invariant.INVENTED,
            changed(first(Action.HEAR), event -> event.value("nobody's"))),
        new Mutant("another task's key", Invariant.KEY_REUSED, shareKey(1)),
        new Mutant("a far task's key", Invariant.KEY_REUSED, shareKey(3)),
        new Mutant(
            "the same key gets a new task",
            Invariant.KEY_REUSED,
            repeated(accepted(), event -> event.task("another", 0))));
  }

  private static Stream<Mutant> ofEnds() {
    return Stream.of(
        new Mutant(
            "another value is read",
            Invariant.ENDED_TWICE,
            changed(first(Action.READ_TASK), event -> event.value(event.value() + "!"))),
        new Mutant(
            "another state is read",
            Invariant.ENDED_TWICE,
            changed(first(Action.READ_TASK), event -> event.state("failed"))),
        new Mutant(
            "another attempt is read",
            Invariant.ENDED_TWICE,
            changed(
                last(Action.READ_TASK),
                event -> event.task(Objects.requireNonNull(event.task()), 99))),
        new Mutant("nobody reported it", Invariant.WRONG_RESULT, withoutAll(Action.REPORT)),
        new Mutant(
            "damaged in the report",
            Invariant.WRONG_RESULT,
            changed(first(Action.REPORT), event -> event.value("damaged"))),
        new Mutant(
            "another attempt's report",
            Invariant.WRONG_RESULT,
            changed(
                first(Action.REPORT),
                event -> event.task(Objects.requireNonNull(event.task()), 77))),
        new Mutant(
            "two workers, one attempt",
            Invariant.ATTEMPT_SHARED,
            repeated(first(Action.START), event -> event)),
        new Mutant(
            "two workers, the last attempt",
            Invariant.ATTEMPT_SHARED,
            repeated(last(Action.START), event -> event)),
        new Mutant("given again after a restart", Invariant.ATTEMPT_SHARED, repeatAtEnd()),
        new Mutant("the next attempt had begun", Invariant.STALE_REPORT, beginNext(1)),
        new Mutant("a later attempt had begun", Invariant.STALE_REPORT, beginNext(2)),
        new Mutant("a much later attempt had begun", Invariant.STALE_REPORT, beginNext(3)),
        new Mutant("nobody ran it", Invariant.EXECUTIONS, withoutAll(Action.START)),
        new Mutant(
            "ran too often",
            Invariant.EXECUTIONS,
            repeated(
                first(Action.START), event -> event.task(Objects.requireNonNull(event.task()), 6))),
        new Mutant(
            "ran for ever",
            Invariant.EXECUTIONS,
            repeated(
                last(Action.START),
                event -> event.task(Objects.requireNonNull(event.task()), 1000))));
  }

  private static Stream<Mutant> ofRooms() {
    return Stream.of(
        new Mutant("a message is gone", Invariant.MESSAGE_LOST, withoutRead(false)),
        new Mutant("the last message is gone", Invariant.MESSAGE_LOST, withoutRead(true)),
        new Mutant("all are gone", Invariant.MESSAGE_LOST, withoutAll(Action.READ_ROOM)),
        new Mutant("two swapped in the history", Invariant.ORDER_DIFFERS, swapReads()),
        new Mutant(
            "another text in the history",
            Invariant.ORDER_DIFFERS,
            changed(acknowledgedRead(), event -> event.value("another"))),
        new Mutant(
            "another sender in the history",
            Invariant.ORDER_DIFFERS,
            changed(acknowledgedRead(), event -> event.by(FOREIGN))),
        new Mutant("asked for in the other order", Invariant.SENDER_ORDER, swapQuestions(0)),
        new Mutant("later ones swapped", Invariant.SENDER_ORDER, swapQuestions(1)),
        new Mutant("the last ones swapped", Invariant.SENDER_ORDER, swapQuestions(2)),
        new Mutant("answered before others asked", Invariant.REAL_TIME_ORDER, answerEarly(0)),
        new Mutant("answered long before", Invariant.REAL_TIME_ORDER, answerEarly(1)),
        new Mutant("the last answered first", Invariant.REAL_TIME_ORDER, answerEarly(2)));
  }

  private static Stream<Mutant> ofStreams() {
    return Stream.of(
        new Mutant("one is not heard", Invariant.STREAM_BROKEN, inStream(true, 0)),
        new Mutant("one is heard twice", Invariant.STREAM_BROKEN, inStream(false, 0)),
        new Mutant("an old one is heard again", Invariant.STREAM_BROKEN, inStream(false, 2)));
  }

  private static Stream<Mutant> ofPeople() {
    return Stream.of(
        new Mutant(
            "heard as another's",
            Invariant.SENDER_FORGED,
            changed(first(Action.HEAR), event -> event.by(FOREIGN))),
        new Mutant(
            "the last as another's",
            Invariant.SENDER_FORGED,
            changed(last(Action.HEAR), event -> event.by(FOREIGN))),
        new Mutant(
            "read as another's",
            Invariant.SENDER_FORGED,
            changed(last(Action.READ_ROOM), event -> event.by(FOREIGN))),
        new Mutant("taken while held", Invariant.NAME_SHARED, takeName("c1")),
        new Mutant("another taken while held", Invariant.NAME_SHARED, takeName("c2")),
        new Mutant(
            "given up by who lacks it", Invariant.NAME_SHARED, takeNameAfterForeignRelease()),
        new Mutant("heard by a third", Invariant.OVERHEARD, overhear("third")),
        new Mutant("heard by the reader", Invariant.OVERHEARD, overhear("reader")),
        new Mutant(
            "heard in another room",
            Invariant.OVERHEARD,
            changed(
                list -> find(list, event -> Changes.heardInRoom(event), false),
                event -> event.room("elsewhere", event.seq()))),
        new Mutant(
            "accepted twice", Invariant.ANSWERED_TWICE, repeated(accepted(), event -> event)),
        new Mutant(
            "accepted and refused",
            Invariant.ANSWERED_TWICE,
            repeated(accepted(), event -> event.then(event.nanos() + 1, Phase.FAIL))),
        new Mutant(
            "said twice",
            Invariant.ANSWERED_TWICE,
            repeated(
                list -> find(list, event -> event.is(Action.SEND, Phase.OK), false),
                event -> event)));
  }
}
