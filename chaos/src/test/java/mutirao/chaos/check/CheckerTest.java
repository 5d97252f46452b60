package mutirao.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.chaos.check.Mutants.Mutant;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckerTest {
  private static final int HISTORIES = 1000;
  private static final int HISTORIES_A_MUTANT = 200;
  private static final Checker CHECKER = new Checker(5);

  @Test
  void validHistoriesRaiseNoAlarm() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      Verdict verdict = CHECKER.check(IdealSystem.history(seed));
      assertEquals(List.of(), verdict.violations(), "seed " + seed);
      assertTrue(verdict.valid());
    }
  }

  @Test
  void validHistoriesHoldWhatTheChecksLookAt() {
    List<HistoryEvent> history = IdealSystem.history(1);
    Verdict.Counts counts = CHECKER.check(history).counts();
    assertTrue(counts.accepted() > 5, counts.toString());
    assertTrue(counts.ended() == counts.accepted(), counts.toString());
    assertTrue(counts.said() > 5, counts.toString());
    assertTrue(counts.heard() > 5, counts.toString());
  }

  static Stream<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void everyMutantIsCaughtByTheInvariantItBreaks(Mutant mutant) {
    int changed = 0;
    for (long seed = 0; seed < HISTORIES_A_MUTANT; seed++) {
      List<HistoryEvent> valid = IdealSystem.history(seed);
      List<HistoryEvent> wrong = mutant.change().apply(valid);
      if (wrong.equals(valid)) {
        continue;
      }
      changed++;
      Verdict verdict = CHECKER.check(wrong);
      assertTrue(
          verdict.violations().stream().anyMatch(found -> found.invariant() == mutant.breaks()),
          () -> mutant + " not caught, but " + verdict.violations());
      assertEquals(1, verdict.exitCode());
    }
    assertTrue(changed > HISTORIES_A_MUTANT / 10, () -> mutant + " finds no place");
  }

  @Test
  void everyInvariantHasThreeMutants() {
    Map<Invariant, Long> mutants = Mutants.all().collect(groupingBy(Mutant::breaks, counting()));
    Arrays.stream(Invariant.values())
        .forEach(invariant -> assertTrue(mutants.get(invariant) >= 3, invariant.promise()));
  }

  @Test
  void withoutALastReadingNothingIsKnown() {
    List<HistoryEvent> cut =
        IdealSystem.history(3).stream().filter(event -> event.action() != Action.READ_ALL).toList();
    Verdict verdict = CHECKER.check(cut);
    assertFalse(verdict.valid());
    assertEquals(2, verdict.exitCode());
    assertNotEquals(2, CHECKER.check(IdealSystem.history(3)).exitCode());
  }

  @Test
  void aNewSessionIsPromisedNothingOfBefore() {
    HistoryEvent send =
        HistoryEvent.of(1, "a", 1, Action.SEND, Phase.INVOKE).by("a").room("lobby", 0).value("x");
    List<HistoryEvent> told =
        List.of(
            send,
            HistoryEvent.of(2, "a", 2, Action.SEND, Phase.INVOKE)
                .by("a")
                .room("lobby", 0)
                .value("y"),
            HistoryEvent.of(3, "b", 0, Action.HEAR, Phase.OK)
                .by("a")
                .to("b")
                .room("lobby", 1)
                .value("x"),
            HistoryEvent.of(4, "b", 0, Action.RESUME, Phase.FAIL),
            HistoryEvent.of(5, "b", 0, Action.HEAR, Phase.OK)
                .by("a")
                .to("b")
                .room("lobby", 7)
                .value("y"),
            HistoryEvent.of(6, "r", 0, Action.READ_ALL, Phase.OK));
    assertEquals(List.of(), CHECKER.check(told).violations());
  }

  /** A room remembers a thousand messages, and nobody promised more. */
  @Test
  void whatARoomMayForgetIsNotMissed() {
    assertEquals(List.of(), CHECKER.check(said(1001)).violations());
    assertEquals(
        List.of(Invariant.MESSAGE_LOST),
        CHECKER.check(said(1000)).violations().stream().map(Violation::invariant).toList());
  }

  /** So many messages in one room, of which the first is not there at the end. */
  private static List<HistoryEvent> said(int count) {
    List<HistoryEvent> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      HistoryEvent asked =
          HistoryEvent.of(2 * i, "a", i, Action.SEND, Phase.INVOKE)
              .by("a")
              .room("lobby", 0)
              .value("v" + i);
      all.add(asked);
      all.add(asked.room("lobby", i).then(2 * i + 1, Phase.OK));
    }
    for (int i = 2; i <= count; i++) {
      all.add(
          HistoryEvent.of(3 * count + i, "r", 0, Action.READ_ROOM, Phase.OK)
              .by("a")
              .room("lobby", i)
              .value("v" + i));
    }
    all.add(HistoryEvent.of(5 * count, "r", 0, Action.READ_ALL, Phase.OK));
    return all;
  }
}
