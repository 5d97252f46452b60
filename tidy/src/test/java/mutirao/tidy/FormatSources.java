package mutirao.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats sources the way the house rules want it. A program, started by {@code ./mvnw -q -Pformat}
 * straight from this file (so it uses nothing beside the formatter), and what the test compares
 * with.
 */
public final class FormatSources {
  private FormatSources() {}

  /** Rewrites every Java file below the folder named by the argument that is not formatted yet. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files =
          walk.filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !root.relativize(file).toString().contains("target"))
              .toList();
    }
    long changed = files.parallelStream().filter(FormatSources::rewrite).count();
    System.out.println(files.size() + " files looked at, " + changed + " formatted");
  }

  /**
   * {@code text} as it should stand in its file.
   *
   * @throws FormatterException where it is not Java
   */
  static String format(String text) throws FormatterException {
    return new Formatter().formatSourceAndFixImports(text);
  }

  private static boolean rewrite(Path file) {
    try {
      String before = Files.readString(file, UTF_8);
      String after = format(before);
      if (after.equals(before)) {
        return false;
      }
      Files.writeString(file, after, UTF_8);
      return true;
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException("cannot format " + file, e);
    }
  }
}
