package mutirao.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks for the programs of other servers, where Debian puts them. */
public final class Installed {
  private static final int SECONDS = 10;

  private Installed() {}

  /** The file of a program; empty where it is not installed. */
  public static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first line that {@code program --version} prints; empty where it is not installed. */
  public static Optional<String> version(String program) {
    return find(program).map(Installed::askVersion);
  }

  /** How to install a package of Debian and its kin. */
  public static String debian(String debianPackage) {
    return "apt install " + debianPackage;
  }

  private static String askVersion(Path file) {
    try {
      Process process =
          new ProcessBuilder(List.of(file.toString(), "--version"))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return output.lines().filter(line -> !line.isBlank()).findFirst().orElse("unknown").strip();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
