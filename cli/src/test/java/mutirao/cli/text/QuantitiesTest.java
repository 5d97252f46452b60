package mutirao.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "30s, 30000",
    "30, 30000",
    "1.5s, 1500",
    "5m, 300000",
    "2 h, 7200000",
    "1D, 86400000",
    "0, 0"
  })
  void durations(String text, long millis) {
    assertEquals(Optional.of(Duration.ofMillis(millis)), Quantities.duration(text));
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "64KiB, 65536", "64k, 65536", "8MiB, 8388608", "1g, 1073741824"})
  void sizes(String text, long bytes) {
    assertEquals(Optional.of(bytes), Quantities.bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1y", "1e3", "1,5s", "999999999999999999", "1s2m"})
  void nonsense(String text) {
    assertEquals(Optional.empty(), Quantities.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1tb", "999999999999999g"})
  void sizesOutOfRange(String text) {
    assertEquals(Optional.empty(), Quantities.bytes(text));
  }
}
