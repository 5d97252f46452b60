package mutirao.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StateDumpTest {

  @Test
  void showsWhatNoAccessorDoes() {
    Scene one = scene();
    Scene other = scene();
    assertEquals(StateDump.of(one.state()), StateDump.of(other.state()));
    assertTrue(StateDump.of(one.state()).contains("lastChange"));
    // The same tasks wait for the same worker, in another order.
    one.submits(1, Ask.to("sum").params("1"));
    one.submits(1, Ask.to("sum").params("2"));
    one.submits(1, Ask.to("sum").params("1"));
    other.submits(1, Ask.to("sum").params("1"));
    other.submits(1, Ask.to("sum").params("1"));
    other.submits(1, Ask.to("sum").params("2"));
    assertNotEquals(StateDump.of(one.state()), StateDump.of(other.state()));
  }

  @Test
  void tellsStatesApartThatDifferInOneBit() {
    Scene one = scene();
    Scene other = scene();
    one.apply(new Command.DrainWorker(2));
    other.apply(new Command.AdvanceTime());
    assertNotEquals(StateDump.of(one.state()), StateDump.of(other.state()));
  }

  private static Scene scene() {
    Scene scene = new Scene();
    scene.client("ana");
    scene.worker("W", 1, "sum", "max");
    scene.submits(1, Ask.to("sum").key("k"));
    scene.says(1, "lobby", "oi", "k");
    return scene;
  }
}
