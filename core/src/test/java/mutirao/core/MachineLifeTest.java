package mutirao.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.oracle.Oracle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random lives: the invariants hold after every entry, the oracle agrees, and a replay comes out
 * the same.
 */
class MachineLifeTest {
  private static final int LIVES = 200;
  private static final int ENTRIES = 300;
  private static final Settings SMALL = new Settings(2000, 25, 4000);

  @Test
  void everyLifeKeepsEveryPromise() {
    for (long seed = 0; seed < LIVES; seed++) {
      String complaint = live(new Machine(SMALL), seed, new ArrayList<>());
      assertEquals(null, complaint, "seed " + seed);
    }
  }

  @Test
  void theSameEntriesGiveTheSameState() {
    for (long seed = 0; seed < LIVES; seed++) {
      Machine first = new Machine(SMALL);
      Machine second = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      for (int i = 1; i <= ENTRIES; i++) {
        Entry entry = life.next(first.state());
        Outcome outcome = first.apply(entry);
        Outcome again = second.apply(entry);
        assertEquals(outcome.reply(), again.reply());
        assertEquals(outcome.events(), again.events());
        if (i % 100 == 0) {
          assertEquals(StateDump.of(first.state()), StateDump.of(second.state()), "seed " + seed);
        }
      }
    }
  }

  @Test
  void aLifeMeetsEveryEventAndEveryRefusal() {
    Set<Class<?>> events = new HashSet<>();
    Set<Refusal.Code> refusals = EnumSet.noneOf(Refusal.Code.class);
    for (long seed = 0; seed < LIVES; seed++) {
      Machine machine = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      for (int i = 0; i < ENTRIES; i++) {
        Outcome outcome = machine.apply(life.next(machine.state()));
        outcome.events().forEach(event -> events.add(event.getClass()));
        if (outcome.reply() instanceof Refusal refusal) {
          refusals.add(refusal.code());
        }
      }
    }
    Set<Class<?>> all = new HashSet<>();
    for (Class<?> area : Event.class.getPermittedSubclasses()) {
      all.addAll(List.of(area.getPermittedSubclasses()));
    }
    all.removeAll(events);
    assertEquals(Set.of(), all, "events that no life met");
    EnumSet<Refusal.Code> missing = EnumSet.complementOf(EnumSet.copyOf(refusals));
    // The first is the edge's business, the second the log's.
    missing.removeAll(Set.of(Refusal.Code.INVALID, Refusal.Code.UNAVAILABLE));
    assertEquals(EnumSet.noneOf(Refusal.Code.class), missing, "refusals that no life met");
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedBugIsNoticed(Bug bug) {
    String noticed = null;
    for (long seed = 0; seed < LIVES && noticed == null; seed++) {
      noticed = live(bug.plant(SMALL), seed, new ArrayList<>());
    }
    assertNotNull(noticed, bug + " was not noticed");
    assertTrue(
        noticed.contains("AssertionError"), bug + " is noticed by the machine alone: " + noticed);
  }

  /** What was wrong; null where nothing was. */
  private static @Nullable String live(Machine machine, long seed, List<Entry> entries) {
    RandomLife life = new RandomLife(seed);
    Oracle oracle = new Oracle(SMALL);
    try {
      for (int i = 0; i < ENTRIES; i++) {
        Entry entry = life.next(machine.state());
        entries.add(entry);
        oracle.saw(entry, machine.apply(entry), machine.state());
        Invariants.check(machine.state());
        Invariants.checkNothingIsDue(machine.state());
      }
      return null;
    } catch (AssertionError | RuntimeException complaint) {
      return "entry " + entries.size() + " " + entries.getLast().command() + ": " + complaint;
    }
  }
}
