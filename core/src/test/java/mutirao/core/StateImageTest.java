package mutirao.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import mutirao.core.image.StateImage;
import org.junit.jupiter.api.Test;

/** A machine made of an image is the same to the last link, and lives on the same. */
class StateImageTest {
  private static final Settings SMALL = new Settings(2000, 25, 4000);

  @Test
  void aMachineMadeOfAnImageIsTheSame() {
    for (long seed = 0; seed < 200; seed++) {
      Machine machine = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      for (int i = 1; i <= 300; i++) {
        machine.apply(life.next(machine.state()));
        if (i % 37 == 0) {
          String dump = StateDump.of(machine.state());
          machine = of(machine.state().image());
          assertEquals(dump, StateDump.of(machine.state()), "seed " + seed);
          Invariants.check(machine.state());
        }
      }
    }
  }

  @Test
  void itLivesOnTheSame() {
    for (long seed = 0; seed < 100; seed++) {
      Machine first = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      for (int i = 0; i < 150; i++) {
        first.apply(life.next(first.state()));
      }
      Machine second = of(first.state().image());
      for (int i = 0; i < 150; i++) {
        Entry entry = life.next(first.state());
        Outcome outcome = first.apply(entry);
        Outcome again = second.apply(entry);
        assertEquals(outcome.reply(), again.reply());
        assertEquals(outcome.events(), again.events());
      }
      assertEquals(StateDump.of(first.state()), StateDump.of(second.state()), "seed " + seed);
    }
  }

  @Test
  void anImageStaysWhatItWas() {
    for (long seed = 0; seed < 100; seed++) {
      Machine machine = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      // Several at once share what has not changed between them.
      List<StateImage> images = new ArrayList<>();
      List<String> dumps = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        machine.apply(life.next(machine.state()));
        if (i % 23 == 0) {
          images.add(machine.state().image());
          dumps.add(StateDump.of(machine.state()));
        }
      }
      for (int i = 0; i < images.size(); i++) {
        assertEquals(dumps.get(i), StateDump.of(of(images.get(i)).state()), "seed " + seed);
      }
    }
  }

  @Test
  void anImageIsMadeWhileTheMachineGoesOn() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      Machine machine = new Machine(SMALL);
      RandomLife life = new RandomLife(seed);
      for (int i = 0; i < 300; i++) {
        machine.apply(life.next(machine.state()));
      }
      String then = StateDump.of(machine.state());
      StateImage image = machine.state().image();
      FutureTask<String> dump = new FutureTask<>(() -> StateDump.of(of(image).state()));
      Thread writer = Thread.ofPlatform().start(dump);
      for (int i = 0; i < 300; i++) {
        machine.apply(life.next(machine.state()));
      }
      writer.join();
      assertEquals(then, dump.get(), "seed " + seed);
    }
  }

  @Test
  void anImageCanBeUsedAgain() {
    Machine machine = new Machine(SMALL);
    RandomLife life = new RandomLife(7);
    for (int i = 0; i < 200; i++) {
      machine.apply(life.next(machine.state()));
    }
    StateImage image = machine.state().image();
    Machine first = of(image);
    String dump = StateDump.of(first.state());
    for (int i = 0; i < 200; i++) {
      first.apply(life.next(first.state()));
    }

    assertEquals(dump, StateDump.of(of(image).state()));
  }

  @Test
  void whatWasBeforeAnImageIsForgotten() {
    RandomLife life = new RandomLife(5);
    Machine machine = new Machine(SMALL);
    for (int i = 0; i < 200; i++) {
      machine.apply(life.next(machine.state()));
    }
    StateImage image = machine.state().image();
    String then = StateDump.of(machine.state());
    for (int i = 0; i < 200; i++) {
      machine.apply(life.next(machine.state()));
    }

    machine.restore(image);

    assertEquals(then, StateDump.of(machine.state()));
  }

  @Test
  void settingsCanChangeOnTheWay() {
    Machine machine = new Machine(SMALL);
    machine.use(Settings.DEFAULT);

    assertEquals(Settings.DEFAULT, machine.state().settings());
    assertEquals(Settings.DEFAULT, of(machine.state().image()).state().settings());
  }

  private static Machine of(StateImage image) {
    Machine machine = new Machine(SMALL);
    machine.restore(image);
    return machine;
  }
}
