package mutirao.bench.peer;

import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How peers are started.
 *
 * @param java the JVM that runs relay and server
 * @param jvmFlags the same for both, so that they can be compared
 * @param serverJar the jar of the {@code mutirao} command
 * @param running a server that runs already and is to be measured instead; null: start one
 * @param runningPid its process, for CPU and memory; empty: these are not measured
 */
public record PeerOptions(
    Path java,
    List<String> jvmFlags,
    Path serverJar,
    @Nullable InetSocketAddress running,
    OptionalLong runningPid) {

  /** Keeps its own copy of the flags; two spaces between them are one. */
  public PeerOptions {
    jvmFlags = jvmFlags.stream().filter(flag -> !flag.isBlank()).toList();
  }

  /**
   * The jar of this build: looked for in the directories above our own jar and above the current
   * one.
   */
  public static Path findServerJar() {
    Path relative = Path.of("cli", "target", "mutirao.jar");
    for (Path start : List.of(ownLocation(), Path.of("").toAbsolutePath())) {
      for (Path above = start; above != null; above = above.getParent()) {
        if (Files.exists(above.resolve(relative))) {
          return above.resolve(relative);
        }
      }
    }
    return relative;
  }

  private static Path ownLocation() {
    try {
      return Path.of(PeerOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own jar has no file name", e);
    }
  }
}
