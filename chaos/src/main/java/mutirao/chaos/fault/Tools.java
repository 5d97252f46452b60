package mutirao.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs of the system to their end, and takes away what was left in folders. */
public final class Tools {
  private static final String WITHIN_SECONDS = "60";
  private static final int NOT_FOUND = 127;

  private Tools() {}

  /**
   * Runs a program and gives back what it printed.
   *
   * @throws IOException where it is not installed, fails or does not end
   */
  public static String run(String... command) throws IOException, InterruptedException {
    List<String> bounded = new ArrayList<>(List.of("timeout", WITHIN_SECONDS));
    bounded.addAll(List.of(command));
    Process process = new ProcessBuilder(bounded).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    if (code == NOT_FOUND) {
      throw new IOException(command[0] + " is not installed; .ci/run lists the Debian packages");
    }
    if (code != 0) {
      throw new IOException(List.of(command) + " ended with " + code + ": " + said);
    }
    return said;
  }

  /** Deletes a folder with all that is in it; where there is none, nothing. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
