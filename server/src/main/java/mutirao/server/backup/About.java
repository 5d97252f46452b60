package mutirao.server.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What a backup says about itself, in lines that people can read.
 *
 * @param node the server that made it
 * @param position everything up to this place in the log is in it
 * @param timeMs when, epoch milliseconds
 * @param bytes how long the state is
 * @param sha256 its hash, as {@code sha256sum} prints it
 */
public record About(String node, long position, long timeMs, long bytes, String sha256) {
  private static final int VERSION = 1;
  private static final String FIRST_LINE = "mutirao backup, version ";
  private static final List<String> KEYS =
      List.of("node ", "position ", "taken ", "bytes ", "sha-256 ");

  String toText() {
    return String.join(
        "\n",
        FIRST_LINE + VERSION,
        KEYS.get(0) + node,
        KEYS.get(1) + position,
        KEYS.get(2) + Instant.ofEpochMilli(timeMs),
        KEYS.get(3) + bytes,
        KEYS.get(4) + sha256,
        "");
  }

  static About parse(Path file, List<String> lines) throws BackupException {
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (first.startsWith(FIRST_LINE) && !first.equals(FIRST_LINE + VERSION)) {
      throw new BackupException(
          file + " was made by another version of this program (" + first + ")");
    }
    try {
      return new About(
          value(lines, 1, first),
          Long.parseLong(value(lines, 2, first)),
          Instant.parse(value(lines, 3, first)).toEpochMilli(),
          Long.parseLong(value(lines, 4, first)),
          value(lines, 5, first));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new BackupException(file + " is damaged: " + e.getMessage());
    }
  }

  private static String value(List<String> lines, int line, String first) {
    String key = KEYS.get(line - 1);
    if (!first.startsWith(FIRST_LINE) || lines.size() <= line || !lines.get(line).startsWith(key)) {
      throw new IllegalArgumentException("line " + (line + 1) + " should begin with " + key);
    }
    return lines.get(line).substring(key.length());
  }
}
