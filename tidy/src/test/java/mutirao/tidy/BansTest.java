package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mutirao.tidy.rules.Bans;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.tree.CompiledClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BansTest {
  @Test
  void nothingBannedIsCalled() {
    Findings.none(Bans.violations(CompiledClasses.main()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mutirao.core           | System.currentTimeMillis()                         | Clock",
        "mutirao.protocol       | System.nanoTime()                                  | Clock",
        "mutirao.server.gateway | java.time.Instant.now()                            | Clock",
        "mutirao.core.task      | java.time.Clock.systemUTC()                        | Clock",
        "mutirao.core           | Math.random()                                      | Chance",
        "mutirao.core           | new java.util.Random(1).nextInt()                  | Chance",
        "mutirao.server.gateway | java.util.UUID.randomUUID()                        | Chance",
        "mutirao.protocol       | new java.security.SecureRandom().nextInt()         | Chance",
        "mutirao.core           | java.util.concurrent.ThreadLocalRandom.current()   | Chance",
        "mutirao.core           | Thread.currentThread()                             | one thread",
        "mutirao.server.gateway | java.util.concurrent.Executors.newCachedThreadPool() | one"
            + " thread",
        "mutirao.core           | new java.util.concurrent.atomic.AtomicLong()       | one thread",
        "mutirao.protocol       | java.util.List.of().parallelStream()               | one thread",
        "mutirao.core           | java.nio.file.Path.of(\"x\")                       | handed in",
        "mutirao.protocol       | new java.io.ByteArrayOutputStream()                | handed in",
        "mutirao.server.gateway | java.net.InetAddress.getLoopbackAddress()          | handed in",
        "mutirao.core           | System.identityHashCode(\"\")                      | id or a"
            + " name",
        "mutirao.core           | new Object().hashCode()                            | id or a"
            + " name",
        "mutirao.client         | System.out.checkError()                            | does not"
            + " print",
        "mutirao.server.tcp     | System.err.checkError()                            | does not"
            + " print",
        "mutirao.cli.chat       | ((java.util.function.IntSupplier) () -> { System.exit(1); return"
            + " 1; }) | main",
        "mutirao.cli            | ((java.util.function.IntSupplier) () -> { new"
            + " Error().printStackTrace(); return 1; }) | cause",
        "mutirao.bench          | new Object() { java.io.ObjectInputStream in; }      | codec",
      })
  void noticesWhatIsBanned(String area, String call, String advice, @TempDir Path folder) {
    List<String> findings = violations(folder, area, "Bad", call);

    assertTrue(findings.stream().anyMatch(finding -> finding.contains(advice)), findings::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "mutirao.core, Good, '\"a\".hashCode()'",
    "mutirao.client, Good, System.nanoTime()",
    "mutirao.cli, Mutirao, '((Runnable) () -> System.exit(1))'",
  })
  void letsPassWhatIsNot(String area, String name, String call, @TempDir Path folder) {
    assertEquals(List.of(), violations(folder, area, name, call));
  }

  private static List<String> violations(Path folder, String area, String name, String call) {
    String source = "package %s; class %s { Object o = %s; }".formatted(area, name, call);
    return Bans.violations(CompiledClasses.of(folder, Map.of(area + "." + name, source)));
  }
}
