package mutirao.chaos.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import mutirao.chaos.load.Quantiles;

/**
 * How long clients waited, a line each time in a file, so that what several runs measured adds up.
 */
final class Times {
  private final Path file;

  Times(Path file) {
    this.file = file;
  }

  /** Keeps one time. */
  void add(String what, long ns) throws IOException {
    Files.writeString(
        file,
        what + "\t" + ns / 1_000_000 + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Prints a line of all that were measured of this. */
  void print(String what) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    long[] sorted =
        lines.stream()
            .map(line -> line.split("\t"))
            .filter(parts -> parts[0].equals(what))
            .mapToLong(parts -> Long.parseLong(parts[1]))
            .sorted()
            .toArray();
    if (sorted.length > 0) {
      System.out.printf(
          "| %s | %d | %,d | %,d | %,d | %,d |%n",
          what,
          sorted.length,
          Quantiles.at(sorted, 0.5),
          Quantiles.at(sorted, 0.9),
          Quantiles.at(sorted, 0.99),
          sorted[sorted.length - 1]);
    }
  }
}
