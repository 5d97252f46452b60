package mutirao.chaos.night;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.Tools;

/**
 * Campaign after campaign for as long as there is time: always what was run least. Each adds a line
 * to {@code totals.txt}, so that runs on several nights add up; its number is its seed. The folders
 * of those that found something stay. Arguments: how many minutes, the folder, and how many servers
 * the campaigns are to have (1 or 3; without it both).
 */
public final class Night {
  /** The histories that stay have all of them. */
  private static final int SHOWN = 20;

  private final Path folder;
  private final Path totals;
  private final List<Ordeal> ordeals;

  private Night(Path folder, List<Ordeal> ordeals) {
    this.folder = folder;
    this.totals = folder.resolve("totals.txt");
    this.ordeals = ordeals;
  }

  private record Line(
      Ordeal ordeal, long seed, long faults, long accepted, long said, boolean valid) {
    static Line of(String text) {
      String[] words = text.split(" ");
      return new Line(
          Ordeal.valueOf(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Boolean.parseBoolean(words[5]));
    }

    String text() {
      return ordeal + " " + seed + " " + faults + " " + accepted + " " + said + " " + valid + "\n";
    }
  }

  /** Runs it; fails where something was found. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
    int servers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    List<Ordeal> ordeals =
        Arrays.stream(Ordeal.values())
            .filter(ordeal -> servers == 0 || ordeal.servers() == servers)
            .toList();
    Night night = new Night(folder, ordeals);
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(arguments[0])).toNanos();
    boolean valid = true;
    do {
      valid &= night.next();
    } while (System.nanoTime() < end);
    night.print();
    if (!valid) {
      throw new IllegalStateException("a promise was broken; see " + night.folder);
    }
  }

  private List<Line> lines() throws IOException {
    return Files.exists(totals)
        ? Files.readAllLines(totals).stream().map(Line::of).toList()
        : List.of();
  }

  private boolean next() throws Exception {
    List<Line> before = lines();
    Ordeal ordeal =
        ordeals.stream()
            .min(
                Comparator.comparingLong(
                    one -> before.stream().filter(line -> line.ordeal() == one).count()))
            .orElseThrow();
    long seed = before.size();
    Path place = folder.resolve(ordeal + "-" + seed);
    // What a night left that was broken off.
    Tools.delete(place);
    Files.createDirectories(place);
    Verdict verdict = judged(ordeal, place, seed);
    Line line =
        new Line(
            ordeal,
            seed,
            verdict.counts().faults(),
            verdict.counts().accepted(),
            verdict.counts().said(),
            verdict.valid());
    Files.writeString(totals, line.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.print(line.text());
    verdict.violations().stream().limit(SHOWN).forEach(System.out::println);
    if (verdict.valid()) {
      Tools.delete(place);
    }
    return verdict.valid();
  }

  /** A campaign that could not go on, because a server does not come back, found something, too. */
  private static Verdict judged(Ordeal ordeal, Path place, long seed) throws InterruptedException {
    try {
      return new Ordeals(ordeal, place, seed).run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace(System.out);
      return new Verdict(List.of(), false, new Verdict.Counts(0, 0, 0, 0, 0, 0));
    }
  }

  /** What all nights found together. */
  private void print() throws IOException {
    Map<Ordeal, List<Line>> all = new EnumMap<>(Ordeal.class);
    for (Line line : lines()) {
      all.computeIfAbsent(line.ordeal(), _ -> new ArrayList<>()).add(line);
    }
    System.out.println("| fault | times | tasks | messages | campaigns that found something |");
    System.out.println("|---|--:|--:|--:|--:|");
    all.forEach(
        (ordeal, lines) ->
            System.out.printf(
                "| %s | %,d | %,d | %,d | %d |%n",
                ordeal,
                lines.stream().mapToLong(Line::faults).sum(),
                lines.stream().mapToLong(Line::accepted).sum(),
                lines.stream().mapToLong(Line::said).sum(),
                lines.stream().filter(line -> !line.valid()).count()));
  }
}
