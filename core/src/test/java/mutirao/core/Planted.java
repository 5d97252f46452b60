package mutirao.core;

import java.util.List;
import java.util.function.Function;

/**
 * Machines with bugs, for the tests that must notice them. The only door to the machine's seam for
 * other modules' tests.
 */
public final class Planted {

  private Planted() {}

  /** A machine in which {@code instead} replaces each event before it takes effect. */
  public static Machine machine(Settings settings, Function<Event, List<Event>> instead) {
    return new Machine(settings, instead::apply);
  }
}
