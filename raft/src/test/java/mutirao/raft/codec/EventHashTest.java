package mutirao.raft.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Machine;
import mutirao.core.RandomLife;
import mutirao.core.Settings;
import org.junit.jupiter.api.Test;

class EventHashTest {
  private static final Settings SMALL = new Settings(2000, 25, 4000);

  @Test
  void theSameLogHasTheSameHashAlsoFromASnapshot() throws Exception {
    for (long seed = 0; seed < 30; seed++) {
      Machine first = new Machine(SMALL);
      Machine second = new Machine(SMALL);
      EventHash one = new EventHash();
      EventHash other = new EventHash();
      RandomLife life = new RandomLife(seed);
      for (int i = 0; i < 200; i++) {
        if (i == 100) {
          second.restore(first.state().image());
          EventHash restored = new EventHash();
          restored.goOnFrom(other.value());
          other = restored;
        }
        Entry entry = life.next(first.state());
        one.add(first.apply(entry).events());
        other.add(second.apply(entry).events());
        assertEquals(one.value(), other.value());
      }
      assertEquals(one.end(first), other.end(second));
    }
  }

  @Test
  void noEventOfALifeCanBeMissing() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      Machine machine = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      EventHash hash = new EventHash();
      for (int i = 0; i < 200; i++) {
        for (Event event : machine.apply(life.next(machine.state())).events()) {
          long before = hash.value();
          hash.add(List.of(event));
          assertNotEquals(before, hash.value());
          seen.add(event.getClass());
        }
      }
    }
    assertEquals(true, seen.size() > 15, seen::toString);
  }

  @Test
  void whatTheStateHasCountsToo() {
    Machine machine = new Machine(SMALL);
    EventHash one = new EventHash();
    long empty = one.end(machine);
    RandomLife life = new RandomLife(1);
    for (int i = 0; i < 50; i++) {
      machine.apply(life.next(machine.state()));
    }
    assertNotEquals(empty, one.end(machine));
  }
}
