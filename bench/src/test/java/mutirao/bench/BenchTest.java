package mutirao.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.bench.report.Workload;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole command beside a relay in a process of its own; what is asserted are counts, never
 * times.
 */
class BenchTest {
  @TempDir Path directory;

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome bench(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, UTF_8));
      System.setErr(new PrintStream(errBytes, true, UTF_8));
      int exitCode = Bench.execute(arguments);
      return new Outcome(exitCode, outBytes.toString(UTF_8), errBytes.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Outcome quick(String... more) {
    String[] few = {
      "--rounds=1", "--seconds=0.3", "--warmup=0.2", "--settle=0", "--connections=50", "--lang=en"
    };
    String[] all = java.util.Arrays.copyOf(few, few.length + more.length);
    System.arraycopy(more, 0, all, few.length, more.length);
    return bench(all);
  }

  private List<?> runs(Path json) throws IOException {
    Object report = Json.parse(new RawJson(Files.readAllBytes(json)));
    return (List<?>)
        Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(report)).get("runs"));
  }

  @Test
  void everyWorkloadRunsOnTheRelayAndIsRight() throws IOException {
    Path json = directory.resolve("report.json");
    Outcome outcome = quick("--peers=relay", "--json=" + json);
    assertEquals(0, outcome.exitCode(), outcome.err());
    EnumSet<Workload> all = EnumSet.complementOf(EnumSet.of(Workload.W3));
    for (Workload workload : all) {
      assertTrue(outcome.out().contains("## " + workload), outcome.out());
      assertTrue(outcome.err().contains(workload + " round 1 relay: "), outcome.err());
    }
    for (Object run : runs(json)) {
      Map<?, ?> fields = (Map<?, ?>) run;
      Map<?, ?> verdict = (Map<?, ?>) fields.get("verdict");
      assertEquals(true, verdict.get("ok"), fields::toString);
      assertTrue((Long) verdict.get("completed") > 0, fields::toString);
      assertEquals(verdict.get("sent"), verdict.get("completed"), fields::toString);
    }
  }

  @Test
  void anOpenLoopSendsWhatIsDue() throws IOException {
    Path json = directory.resolve("report.json");
    Outcome outcome =
        quick("--peers=relay", "--workload=w2", "--rate=2000", "--fresh", "--json=" + json);
    assertEquals(0, outcome.exitCode(), outcome.err());
    for (Object run : runs(json)) {
      Map<?, ?> verdict = (Map<?, ?>) ((Map<?, ?>) run).get("verdict");
      assertTrue((Long) verdict.get("sent") > 100, verdict::toString);
      assertEquals(true, verdict.get("ok"));
    }
  }

  @Test
  void anAbsentPeerIsToldAndStopsNobodyElse() {
    Path nowhere = directory.resolve("none.jar");
    Outcome outcome = quick("--workload=W1", "--server-jar=" + nowhere);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.out().contains("mutirao: absent; to install it: ./mvnw"), outcome.out());
    assertTrue(outcome.err().contains("W1 round 1 relay: "), outcome.err());
  }

  @Test
  void aServerThatDoesNotStartIsToldAndStopsNobodyElse() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.jar"), "no jar");
    Outcome outcome = quick("--workload=W1", "--server-jar=" + broken);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("W1 round 1 mutirao: WRONG: cannot start"), outcome.err());
    assertTrue(outcome.err().contains("W1 round 1 relay: "), outcome.err());
    assertTrue(outcome.out().contains("! mutirao, round 1: cannot start"), outcome.out());
  }

  @Test
  void wrongUsageIsExplained() {
    Outcome unknown = quick("--peers=relay,nobody");
    assertEquals(2, unknown.exitCode());
    assertTrue(
        unknown.err().contains("no such peer: nobody; there are relay, mutirao"), unknown.err());
    assertEquals(2, quick("--rounds=0").exitCode());
    assertEquals(2, quick("--server=nonsense").exitCode());
    Outcome portuguese = bench("--seconds=-1", "--lang=pt-BR");
    assertEquals(2, portuguese.exitCode());
    assertTrue(portuguese.err().contains("fora dos limites"), portuguese.err());
  }

  @Test
  void helpNamesEveryOption() {
    Outcome outcome = bench("--help");
    assertEquals(0, outcome.exitCode());
    for (String option : List.of("--workload", "--peers", "--rounds", "--rate", "--json")) {
      assertTrue(outcome.out().contains(option), outcome.out());
    }
  }
}
