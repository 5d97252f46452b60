package mutirao.server.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mutirao.core.Settings;
import mutirao.server.ArchiveChoice;
import mutirao.server.Capacity;
import mutirao.server.ServerConfig;
import mutirao.server.tls.EdgeChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs/limits.md against the constants they are about. */
class LimitsDocTest {
  private static final Document PAGE = new Document("limits.md");
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @ValueSource(strings = {"mutirao.protocol.Limits", "mutirao.core.Limits"})
  void everyBoundIsOnThePage(String className) throws ReflectiveOperationException {
    Map<String, String> real = new TreeMap<>();
    for (Field field : Class.forName(className).getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        real.put(field.getName(), shown(field.get(null)));
      }
    }
    assertEquals(real, written("`" + className + "`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mutirao.server.gateway.Proposer",
        "mutirao.server.gateway.Peer",
        "mutirao.server.gateway.Views",
        "mutirao.server.access.Guesses",
        "mutirao.server.access.FailedLogins",
        "mutirao.server.access.Hashing",
        "mutirao.server.access.Rates",
        "mutirao.server.gateway.outbox.Debt",
        "mutirao.archive.ArchiveConfig",
        "mutirao.server.archive.Searches",
        "mutirao.server.tcp.TcpConnection"
      })
  void whatThePageSaysOfTheServersInsideIsTrue(String className)
      throws ReflectiveOperationException {
    Map<String, String> written = written("`" + className + "`");
    Map<String, String> real = new TreeMap<>();
    for (String name : written.keySet()) {
      Field field = Class.forName(className).getDeclaredField(name);
      field.setAccessible(true);
      real.put(name, shown(field.get(null)));
    }
    assertEquals(real, written);
  }

  @Test
  void everyChoiceIsOnThePageWithItsDefault() throws ReflectiveOperationException {
    Map<String, String> choices = components(ServerConfig.DEFAULT);
    choices.remove("settings");
    choices.remove("storage");
    choices.remove("access");
    choices.remove("edge");
    // Depends on the memory of the machine that runs this.
    assertEquals(GIB, Capacity.owedBytes(5 * GIB));
    choices.put("maxOwedBytes", "heap / 5");
    assertEquals(choices, written("`mutirao.server.ServerConfig`, with these defaults:"));
  }

  @Test
  void everySettingIsOnThePageWithItsDefault() throws ReflectiveOperationException {
    assertEquals(
        components(Settings.DEFAULT),
        written("`mutirao.core.Settings`, the same on every server of a group:"));
    Settings small = Capacity.settings(2_100_000_000L);
    assertEquals(1_000_000, small.maxTasks(), "a third of the heap at 700 bytes a task");
    assertEquals(420_000_000L, small.maxPayloadBytes(), "a fifth of the heap");
  }

  @Test
  void everyChoiceOfTheArchiveIsOnThePageWithItsDefault() throws ReflectiveOperationException {
    assertEquals(
        components(ArchiveChoice.DEFAULT),
        written("`mutirao.server.ArchiveChoice`, unless it is `--memory` or `--no-archive`:"));
  }

  @Test
  void everyChoiceForStrangersIsOnThePageWithItsDefault() throws ReflectiveOperationException {
    Map<String, String> choices = components(EdgeChoice.DEFAULT);
    choices.remove("tls");
    assertEquals(choices, written("`mutirao.server.tls.EdgeChoice`, before anybody is known:"));
  }

  private static Map<String, String> components(Record config) throws ReflectiveOperationException {
    Map<String, String> values = new TreeMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      values.put(component.getName(), shown(component.getAccessor().invoke(config)));
    }
    return values;
  }

  private static Map<String, String> written(String line) {
    Map<String, String> values = new TreeMap<>();
    Stream<List<String>> rows = PAGE.tableAfter(line).stream().skip(1);
    rows.forEach(row -> values.put(Document.plain(row.get(0)), row.get(1)));
    return values;
  }

  private static String shown(Object value) {
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : String.valueOf(value);
  }
}
