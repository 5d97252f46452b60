package mutirao.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A wall clock that is turned while its process runs, by libfaketime; the monotonic clock goes on
 * as it does. A process that reads the wall clock once, when it starts, notices at its next start.
 */
public final class FakeClock {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private final Path file;

  private FakeClock(Path file) {
    this.file = file;
  }

  /** A clock that is right; {@code file} says how it goes from here on. */
  public static FakeClock at(Path file) throws IOException {
    FakeClock clock = new FakeClock(file);
    clock.turn(0);
    return clock;
  }

  /** The command, run with this clock. */
  public List<String> under(List<String> command) throws IOException {
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IOException("the Debian package libfaketime is missing"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // With it each wait of a JVM that is to take milliseconds ends at once.
                "FAKETIME_FORCE_MONOTONIC_FIX=0"));
    all.addAll(command);
    return all;
  }

  /** From here on it is wrong by so many seconds; 0: right again. */
  public void turn(long seconds) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, String.format("%+d", seconds));
    // Read at any moment: half a line would be another time.
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
