package mutirao.chaos.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a folder of histories, one file a client. */
public final class HistoryFiles {
  private static final String ENDING = ".jsonl";

  private HistoryFiles() {}

  /**
   * All events of all files of a folder, in any order. A last line without an end is left out: its
   * client was killed while it wrote, so it cannot have acted on it.
   */
  public static List<HistoryEvent> read(Path folder) throws IOException {
    List<HistoryEvent> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ENDING)).sorted().toList()) {
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        text.substring(0, end).lines().map(HistoryLines::read).forEach(events::add);
      }
    }
    return events;
  }

  /** Where the client of that name keeps its history. */
  public static Path of(Path folder, String process) {
    return folder.resolve(process + ENDING);
  }
}
