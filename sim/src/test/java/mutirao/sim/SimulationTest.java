package mutirao.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import mutirao.sim.world.Tally;
import mutirao.sim.world.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Worlds by the hundred. {@code -Dseed=N} runs one of them and writes down all that happens in it,
 * see docs/testing.md.
 */
class SimulationTest {

  /** Seeds of the ordinary build: always the same, so that what broke once is tried for ever. */
  static final int SEEDS = 300;

  private static final int LONG_SEEDS = 5000;
  private static final int ONE_IN = 100;

  /** Seeds beyond those of the build that found something once. */
  private static final List<Long> FOUND_SOMETHING = List.of(629L, 2020L, 2249L, 4295L);

  @Test
  void everyWorldKeepsEveryPromise() {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      System.out.println(replay(seed));
    } else {
      LongStream build = LongStream.rangeClosed(1, SEEDS);
      LongStream found = FOUND_SOMETHING.stream().mapToLong(Long::longValue);
      everySituationIsMet(runAll(LongStream.concat(build, found)));
    }
  }

  @Test
  void aSeedAlwaysMakesTheSameWorld() {
    LongStream.rangeClosed(1, SEEDS)
        .filter(seed -> seed % ONE_IN == 0)
        .forEach(
            seed -> assertEquals(run(seed).traceHash(), run(seed).traceHash(), "seed " + seed));
  }

  @Test
  @Tag("long")
  void thousandsOfWorldsKeepEveryPromise() {
    everySituationIsMet(runAll(LongStream.rangeClosed(SEEDS + 1, SEEDS + LONG_SEEDS)));
  }

  private static List<Verdict> runAll(LongStream seeds) {
    long startNs = System.nanoTime();
    List<Verdict> verdicts = seeds.parallel().mapToObj(SimulationTest::run).toList();
    long steps = verdicts.stream().mapToLong(Verdict::steps).sum();
    long ms = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    System.out.printf(
        "%,d worlds, %,d steps in %,d ms: %,d worlds a second%n",
        verdicts.size(), steps, ms, verdicts.size() * 1000L / ms);
    return verdicts;
  }

  private static void everySituationIsMet(List<Verdict> verdicts) {
    Tally all = new Tally();
    verdicts.forEach(verdict -> all.add(verdict.tally()));
    assertEquals(List.of(), all.missing(), () -> "situations no world met; those met:\n" + all);
  }

  /** One world; where it breaks a promise it is run again to write down what happened. */
  private static Verdict run(long seed) {
    try {
      return Simulation.run(seed, Simulation.Setup.PRODUCT, Trace.hashOnly());
    } catch (RuntimeException | AssertionError e) {
      return replay(seed);
    }
  }

  private static Verdict replay(long seed) {
    Path file = Path.of("target", "sim", "seed-" + seed + ".trace").toAbsolutePath();
    try (Trace trace = Trace.into(file)) {
      return Simulation.run(seed, Simulation.Setup.PRODUCT, trace);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed "
              + seed
              + ": "
              + e.getMessage()
              + "\n  what happened: "
              + file
              + "\n  to see it again: ./mvnw -q -pl sim -am test -Dquick -Dseed="
              + seed
              + " -Dtest=SimulationTest#everyWorldKeepsEveryPromise"
              + " -Dsurefire.failIfNoSpecifiedTests=false",
          e);
    }
  }
}
