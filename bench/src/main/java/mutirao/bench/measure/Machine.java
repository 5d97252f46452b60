package mutirao.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the figures were measured on.
 *
 * @param processor the model; {@code unknown} where the system does not tell
 * @param memoryMegabytes NaN where the system does not tell
 */
public record Machine(
    String system, String processor, int cores, double memoryMegabytes, String javaVersion) {

  private static final double KIBI = 1024;

  /** This machine. */
  public static Machine here() {
    return new Machine(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        field(Path.of("/proc/cpuinfo"), "model name").orElse("unknown"),
        Runtime.getRuntime().availableProcessors(),
        field(Path.of("/proc/meminfo"), "MemTotal")
            .map(text -> Double.parseDouble(text.replace("kB", "").strip()) / KIBI)
            .orElse(Double.NaN),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
  }

  private static Optional<String> field(Path file, String name) {
    try (var lines = Files.lines(file, UTF_8)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
