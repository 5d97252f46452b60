package mutirao.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import mutirao.sim.group.Flaw;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Worlds of three servers, sometimes four, that keep one log. {@code -Dseed=N} runs one of them and
 * writes down all that happens in it, see docs/testing.md.
 */
class SeveralServersTest {
  private static final int LONG_SEEDS = 1000;
  private static final int ONE_IN = 100;

  /** Within so many seeds each planted bug is found; the second finds most of them. */
  private static final long FIRST_TO_FIND_A_BUG = 2;

  private static final long LAST_TO_FIND_A_BUG = 40;

  private static final Worlds WORLDS =
      new Worlds(
          Simulation.Setup.GROUP, "SeveralServersTest#aFewWorldsKeepEveryPromise", "several");

  @Test
  void aFewWorldsKeepEveryPromise() {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      System.out.println(WORLDS.replay(seed));
    } else {
      // They found: a snapshot that brings a session that nobody serves; an hour that passed at
      // once;
      // a clock turned back, after which a server did not know whom it had lost.
      WORLDS.runAll(LongStream.of(2, 30, 467));
    }
  }

  @Test
  @Tag("long")
  void aSeedAlwaysMakesTheSameWorld() {
    LongStream.rangeClosed(1, LONG_SEEDS)
        .filter(seed -> seed % ONE_IN == 0)
        .forEach(WORLDS::isAlwaysTheSame);
  }

  @Test
  @Tag("long")
  void aThousandWorldsKeepEveryPromise() {
    Worlds.everySituationIsMet(
        Sometimes.ofSeveralServers(), WORLDS.runAll(LongStream.rangeClosed(1, LONG_SEEDS)));
  }

  @ParameterizedTest
  @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBugInTheLogIsCaught(Flaw flaw) {
    Simulation.Setup setup = Simulation.Setup.GROUP.withFlaw(flaw);
    boolean noticed =
        LongStream.rangeClosed(FIRST_TO_FIND_A_BUG, LAST_TO_FIND_A_BUG)
            .anyMatch(seed -> fails(seed, setup));
    assertTrue(noticed, "nobody noticed: " + flaw);
  }

  private static boolean fails(long seed, Simulation.Setup setup) {
    try {
      Simulation.run(seed, setup, Trace.hashOnly());
      return false;
    } catch (RuntimeException | AssertionError e) {
      return true;
    }
  }
}
