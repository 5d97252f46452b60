package mutirao.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import mutirao.bench.load.Latencies.Percentiles;
import mutirao.bench.load.Verdict;
import mutirao.bench.measure.Machine;
import mutirao.bench.measure.Usage;
import mutirao.protocol.codec.Json;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Verdict RIGHT = new Verdict(1, 1, 0, 0, 0, 0, "");
  private static final Machine MACHINE = new Machine("Linux", "a processor", 2, 1024, "25");

  private final Texts english = new Texts(Locale.ENGLISH);

  private static Run run(String peer, int round, long completed, double otherCores) {
    return new Run(
        Workload.W2,
        peer,
        round,
        Instant.EPOCH,
        completed,
        new Percentiles(10, 20, 30, 40),
        new Usage(2, 1, 0.5, otherCores, 64),
        RIGHT,
        null);
  }

  @Test
  void aSpreadIsMedianAndEnds() {
    assertEquals(new Spread(3, 1, 9, 3), Spread.of(DoubleStream.of(9, 1, 3, Double.NaN)));
    assertEquals(new Spread(2, 1, 3, 2), Spread.of(DoubleStream.of(3, 1)));
    assertEquals(0, Spread.of(DoubleStream.empty()).count());
  }

  @Test
  void ratiosAreOfTheSameRoundAndLeaveNoisyOnesOut() {
    List<Run> runs =
        List.of(
            run("relay", 1, 1000, 0),
            run("mutirao", 1, 500, 0),
            run("mutirao", 2, 100, 0),
            run("relay", 2, 400, 0),
            run("relay", 3, 1000, 0.3),
            run("mutirao", 3, 999, 0));
    Summary relay = Summary.of(Workload.W2, "relay", runs);
    Summary mutirao = Summary.of(Workload.W2, "mutirao", runs);
    assertEquals(new Spread(0.375, 0.25, 0.5, 2), mutirao.ratio(relay, Run::rate));
    assertEquals(2, relay.quiet());
    assertEquals(1, relay.noisy());
    assertEquals(new Spread(350, 200, 500, 2), relay.spread(Run::rate));
  }

  @Test
  void wrongRunsNeverCount() {
    Run wrong = Run.failed(Workload.W2, "mutirao", 1, Instant.EPOCH, "name_taken");
    Summary summary = Summary.of(Workload.W2, "mutirao", List.of(wrong));
    assertEquals(0, summary.quiet() + summary.noisy());
    assertEquals(0, summary.spread(Run::rate).count());
  }

  @Test
  void figuresComeFromTheRunsOwnWindow() {
    Run run = run("relay", 1, 1000, 0);
    assertEquals(500, run.rate());
    assertEquals(100, run.cpuPerUnit());
    assertEquals(0.5, run.usage().serverCores());
  }

  @Test
  void tablesShowWhatWasMeasuredWhatIsAbsentAndWhatWentWrong() {
    List<Run> runs =
        List.of(
            run("relay", 1, 2_000_000, 0),
            run("mutirao", 1, 500_000, 0),
            Run.failed(Workload.W2, "mutirao", 2, Instant.EPOCH, "name_taken"));
    Map<String, String> versions = Map.of("relay", "1", "mutirao", "2", "redis", "absent");
    String text = new Tables(english).all(MACHINE, List.of(Workload.W2), versions, runs);
    assertTrue(text.contains("1,000,000"), text);
    assertTrue(text.contains("0.250"), text);
    assertTrue(text.contains("1/0 1 wrong"), text);
    assertTrue(text.contains("! mutirao, round 2: name_taken"), text);
    assertTrue(text.contains("redis: absent"), text);
    List<String> table = text.lines().filter(line -> line.startsWith("|")).toList();
    assertEquals(4, table.size());
    assertEquals(1, table.stream().mapToInt(String::length).distinct().count());
  }

  @Test
  void jsonHoldsEveryRunAndNoNaN() {
    List<Run> runs =
        List.of(
            run("relay", 1, 1000, 0.3),
            Run.failed(Workload.W1, "mutirao", 1, Instant.EPOCH, "\"quoted\""));
    Object report =
        Json.parse(JsonReport.of(MACHINE, Map.of("rounds", 1), Map.of("relay", "1"), runs));
    List<?> raw = (List<?>) ((Map<?, ?>) Objects.requireNonNull(report)).get("runs");
    assertEquals(2, raw.size());
    Map<?, ?> first = (Map<?, ?>) raw.getFirst();
    assertEquals(1000L, first.get("completed"));
    assertEquals(false, first.get("counts"));
    Map<?, ?> second = (Map<?, ?>) raw.getLast();
    assertNull(second.get("p50_us"));
    assertEquals("\"quoted\"", ((Map<?, ?>) second.get("verdict")).get("first_failure"));
  }

  @Test
  void bothLanguagesHaveTheSameTexts() {
    ResourceBundle.Control noFallback =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);
    ResourceBundle base = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ROOT, noFallback);
    ResourceBundle portuguese =
        ResourceBundle.getBundle(Texts.BUNDLE, Locale.forLanguageTag("pt-BR"), noFallback);
    Set<String> missing = new TreeSet<>(base.keySet());
    for (String key : base.keySet()) {
      if (!base.getString(key).equals(portuguese.getString(key)) || sameInBoth(key)) {
        missing.remove(key);
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static boolean sameInBoth(String key) {
    return key.startsWith("column.p") || key.startsWith("line");
  }

  @Test
  void numbersFollowTheLanguage() {
    Texts portuguese = new Texts(Locale.forLanguageTag("pt-BR"));
    assertEquals("1.234,50", portuguese.number(1234.5, 2));
    assertEquals("1,234.50", english.number(1234.5, 2));
    assertEquals("–", english.number(Double.NaN, 2));
    assertEquals("entregas", portuguese.get("unit.deliveries"));
    assertFalse(new Texts(Locale.GERMAN).get("legend").isEmpty());
  }
}
