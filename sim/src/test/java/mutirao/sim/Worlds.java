package mutirao.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Tally;
import mutirao.sim.world.Trace;

/**
 * Many worlds of one kind, and how one of them is seen again.
 *
 * @param test the test that replays one with {@code -Dseed=N}
 * @param kind names the files of traces
 */
record Worlds(Simulation.Setup setup, String test, String kind) {

  List<Verdict> runAll(LongStream seeds) {
    long startNs = System.nanoTime();
    List<Verdict> verdicts = seeds.parallel().mapToObj(this::run).toList();
    long steps = verdicts.stream().mapToLong(Verdict::steps).sum();
    long ms = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    System.out.printf(
        "%,d worlds, %,d steps in %,d ms: %,d worlds a second%n",
        verdicts.size(), steps, ms, verdicts.size() * 1000L / ms);
    return verdicts;
  }

  static void everySituationIsMet(Set<Sometimes> expected, List<Verdict> verdicts) {
    Tally all = new Tally();
    verdicts.forEach(verdict -> all.add(verdict.tally()));
    assertEquals(List.of(), all.missing(expected), () -> "never met:\n" + all);
  }

  void isAlwaysTheSame(long seed) {
    assertEquals(run(seed).traceHash(), run(seed).traceHash(), "seed " + seed);
  }

  /** One world; where it fails, once more and with all that happens in it written down. */
  Verdict run(long seed) {
    try {
      return Simulation.run(seed, setup, Trace.hashOnly());
    } catch (RuntimeException | AssertionError e) {
      return replay(seed);
    }
  }

  Verdict replay(long seed) {
    Path file = Path.of("target", "sim", kind + "-" + seed + ".trace").toAbsolutePath();
    try (Trace trace = Trace.into(file)) {
      return Simulation.run(seed, setup, trace);
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
              + " -Dtest="
              + test
              + " -Dsurefire.failIfNoSpecifiedTests=false",
          e);
    }
  }
}
