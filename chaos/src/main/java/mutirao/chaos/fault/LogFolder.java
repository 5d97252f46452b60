package mutirao.chaos.fault;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server's data folder has of its log, seen from outside. Read while the server writes, each
 * answer is one of a moment ago.
 *
 * @param data what the server was given with {@code --data}
 */
public record LogFolder(Path data) {
  private static final String OPEN = "log_inprogress_";

  /** The file that entries are appended to. */
  public Path openSegment() throws IOException {
    return findOpenSegment().orElseThrow();
  }

  private Optional<Path> findOpenSegment() throws IOException {
    try (Stream<Path> groups = Files.list(data.resolve("log"))) {
      Path current = groups.findFirst().orElseThrow().resolve("current");
      try (Stream<Path> files = Files.list(current)) {
        return files.filter(file -> name(file).startsWith(OPEN)).findFirst();
      }
    }
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  /**
   * How many entries of the open segment had taken effect, and are in no snapshot: without them the
   * server knows that something is missing.
   */
  public long onlyInOpenSegment() throws IOException {
    Optional<Path> open = findOpenSegment();
    if (open.isEmpty()) {
      return 0;
    }
    long first = Long.parseLong(name(open.get()).substring(OPEN.length()));
    return seen() - Math.max(first - 1, newestSnapshot(open.get().resolveSibling("../sm")));
  }

  private long seen() throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(data.resolve("seen")))) {
      return in.readLong();
    } catch (EOFException e) {
      return -1;
    }
  }

  /** The index of the last entry that is in one; -1 where there is none. */
  private static long newestSnapshot(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(LogFolder::name)
          .filter(name -> name.matches("snapshot\\.\\d+_\\d+"))
          .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('_') + 1)))
          .max()
          .orElse(-1);
    }
  }
}
