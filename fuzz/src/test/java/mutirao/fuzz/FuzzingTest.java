package mutirao.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that reads bytes is harmed by any. */
class FuzzingTest {
  private static final int SECONDS_EACH = 20;

  /** Keeps what was found, and what was learned until then. */
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

  static List<Class<?>> targets() {
    return Fuzzing.TARGETS;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatItBeginsWithAndWhatItFoundBeforeHarmsNothing(Class<?> target) throws Exception {
    List<byte[]> seeds = Seeds.of(target);
    assertTrue(seeds.size() > 5, "seeds are where they are looked for");
    var method = target.getMethod("fuzzerTestOneInput", byte[].class);
    for (byte[] seed : seeds) {
      method.invoke(null, (Object) seed);
    }
  }

  /** A minute for all; {@code fuzz/run} takes longer. */
  @ParameterizedTest
  @MethodSource("targets")
  @Tag("long")
  void aMinuteOfFuzzingFindsNothing(Class<?> target, TestReporter reporter) throws Exception {
    Fuzzing.Outcome outcome =
        Fuzzing.run(target, SECONDS_EACH, FOLDER.resolve(target.getSimpleName()));
    reporter.publishEntry(target.getSimpleName(), outcome.executions() + " executions");
    assertEquals(0, outcome.exit(), () -> "see " + outcome.log());
    assertTrue(outcome.executions() > 1000, () -> "it hardly ran; see " + outcome.log());
  }

  /** What cannot fail proves nothing: a target with a fault is one that the fuzzer finds. */
  @Test
  @Tag("long")
  void aPlantedFaultIsFound() throws Exception {
    Fuzzing.Outcome outcome = Fuzzing.run(Planted.class, SECONDS_EACH, FOLDER.resolve("Planted"));
    assertTrue(outcome.exit() != 0, () -> "it was not found; see " + outcome.log());
    assertTrue(Files.readString(outcome.log(), UTF_8).contains("the planted fault"));
  }

  /** Reads bytes as the codec does, and believes one of them. */
  public static final class Planted {
    private Planted() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
      if (data.length > 3 && data[0] == 'm' && data[1] == 'u' && data[2] == 't' && data[3] == 7) {
        throw new IllegalStateException("the planted fault");
      }
    }
  }
}
