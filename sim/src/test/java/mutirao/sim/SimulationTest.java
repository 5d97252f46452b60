package mutirao.sim;

import java.util.List;
import java.util.stream.LongStream;
import mutirao.sim.world.Sometimes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Worlds of one server by the hundred. {@code -Dseed=N} runs one of them and writes down all that
 * happens in it, see docs/testing.md.
 */
class SimulationTest {

  /** Seeds of the ordinary build: always the same, so that what broke once is tried for ever. */
  static final int SEEDS = 300;

  private static final int LONG_SEEDS = 5000;
  private static final int ONE_IN = 100;

  /** Seeds beyond those of the build that found something once. */
  private static final List<Long> FOUND_SOMETHING = List.of(629L, 2020L, 2249L, 4295L);

  private static final Worlds WORLDS =
      new Worlds(Simulation.Setup.PRODUCT, "SimulationTest#everyWorldKeepsEveryPromise", "seed");

  @Test
  void everyWorldKeepsEveryPromise() {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      System.out.println(WORLDS.replay(seed));
    } else {
      LongStream build = LongStream.rangeClosed(1, SEEDS);
      LongStream found = FOUND_SOMETHING.stream().mapToLong(Long::longValue);
      Worlds.everySituationIsMet(
          Sometimes.ofOneServer(), WORLDS.runAll(LongStream.concat(build, found)));
    }
  }

  @Test
  void aSeedAlwaysMakesTheSameWorld() {
    LongStream.rangeClosed(1, SEEDS)
        .filter(seed -> seed % ONE_IN == 0)
        .forEach(WORLDS::isAlwaysTheSame);
  }

  @Test
  @Tag("long")
  void thousandsOfWorldsKeepEveryPromise() {
    Worlds.everySituationIsMet(
        Sometimes.ofOneServer(),
        WORLDS.runAll(LongStream.rangeClosed(SEEDS + 1, SEEDS + LONG_SEEDS)));
  }
}
