package mutirao.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import mutirao.sim.world.Tally;
import mutirao.sim.world.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worlds by the hundred. {@code -Dseed=N} replays one of them and writes down all that happens. */
class SimulationTest {
  static final int SEEDS = 300;
  private static final int LONG_SEEDS = 5000;

  @Test
  void everyWorldKeepsEveryPromise() {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      Path file = traceFile(seed);
      try (Trace trace = Trace.into(file)) {
        Verdict verdict = Simulation.run(seed, Simulation.Setup.PRODUCT, trace);
        System.out.println(verdict + " trace: " + file);
      }
      return;
    }
    check(LongStream.rangeClosed(1, SEEDS));
  }

  @Test
  @Tag("long")
  void thousandsOfWorldsKeepEveryPromise() {
    check(LongStream.rangeClosed(1, LONG_SEEDS));
  }

  private static Path traceFile(long seed) {
    return Path.of("target", "sim", "seed-" + seed + ".trace");
  }

  private static void check(LongStream seeds) {
    long start = System.nanoTime();
    Tally all = new Tally();
    List<Verdict> verdicts = seeds.parallel().mapToObj(SimulationTest::verdict).toList();
    verdicts.forEach(verdict -> all.add(verdict.tally()));
    long steps = verdicts.stream().mapToLong(Verdict::steps).sum();
    System.out.println(all);
    System.out.println(
        verdicts.size()
            + " seeds "
            + steps
            + " steps "
            + (System.nanoTime() - start) / 1_000_000
            + " ms");
    assertEquals(List.of(), all.missing());
  }

  private static Verdict verdict(long seed) {
    try {
      return Simulation.run(seed, Simulation.Setup.PRODUCT, Trace.hashOnly());
    } catch (RuntimeException | Error e) {
      return fail("seed " + seed, e);
    }
  }
}
