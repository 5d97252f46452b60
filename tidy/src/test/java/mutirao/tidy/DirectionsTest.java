package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mutirao.tidy.rules.Directions;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.tree.CompiledClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionsTest {
  @Test
  void dependenciesPointOneWay() {
    Findings.none(Directions.violations(CompiledClasses.main()));
  }

  @ParameterizedTest
  @CsvSource({
    "mutirao.protocol.Bad, mutirao.core.Used",
    "mutirao.core.Bad, mutirao.protocol.Used",
    "mutirao.core.task.Bad, org.slf4j.Used",
    "mutirao.server.gateway.Bad, mutirao.server.tcp.Used",
    "mutirao.server.gateway.Bad, io.netty.buffer.Used",
    "mutirao.server.tcp.Bad, mutirao.core.Used",
    "mutirao.client.Bad, mutirao.server.Used",
    "mutirao.client.link.Bad, io.netty.channel.Used",
    "mutirao.cli.Bad, mutirao.bench.Used",
    "mutirao.cli.Bad, mutirao.server.gateway.Used",
    "mutirao.examples.Bad, mutirao.server.Used",
    "mutirao.bench.Bad, mutirao.server.Used",
    "mutirao.testkit.Bad, mutirao.cli.Used",
    "mutirao.protocol.codec.Bad, tools.jackson.core.Used",
    "mutirao.elsewhere.Bad, java.util.List",
  })
  void noticesWhoUsesWhatItMayNot(String bad, String used, @TempDir Path folder) {
    List<String> findings = Directions.violations(CompiledClasses.of(folder, sample(bad, used)));

    assertTrue(findings.stream().anyMatch(finding -> finding.contains(bad)), findings::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "mutirao.protocol.codec.JsonGood, tools.jackson.core.Used",
    "mutirao.server.gateway.Good, mutirao.core.Used",
    "mutirao.server.tcp.Good, io.netty.channel.Used",
    "mutirao.cli.Good, mutirao.server.Used",
    "mutirao.cli.Good, mutirao.core.Settings",
    "mutirao.client.Good, mutirao.protocol.Used",
  })
  void letsPassWhatIsOnTheMap(String good, String used, @TempDir Path folder) {
    assertEquals(List.of(), Directions.violations(CompiledClasses.of(folder, sample(good, used))));
  }

  /** A class that uses another; the other is made too, unless it is the JDK's. */
  private static Map<String, String> sample(String user, String used) {
    String source = type(user, "Object uses(" + used + " other) { return other; }");
    return used.startsWith("java.")
        ? Map.of(user, source)
        : Map.of(user, source, used, type(used, ""));
  }

  private static String type(String name, String body) {
    int dot = name.lastIndexOf('.');
    return "package %s; public class %s { %s }"
        .formatted(name.substring(0, dot), name.substring(dot + 1), body);
  }
}
