package mutirao.chaos.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The wall clock of a process, by libfaketime: it may jump; what counts seconds does not. */
public final class FakeClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "libfaketime.so.1";

  private final Path file;

  /** A clock that is right. */
  public FakeClock(Path file) throws IOException {
    this.file = file;
    jump(Duration.ZERO);
  }

  /** The command, with this clock. */
  public List<String> under(List<String> command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1"));
    all.addAll(command);
    return all;
  }

  private static Path library() throws IOException {
    try (var found = Files.find(LIBRARIES, 4, (path, _) -> path.endsWith(LIBRARY))) {
      return found
          .findFirst()
          .orElseThrow(() -> new IOException("the Debian package faketime is not installed"));
    }
  }

  /** From now on the clock is so far from the real one. */
  public void jump(Duration away) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    long seconds = away.toSeconds();
    Files.writeString(written, (seconds < 0 ? "" : "+") + seconds + "s\n", US_ASCII);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
