package mutirao.chaos.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFilesTest {
  private static final HistoryEvent FULL =
      HistoryEvent.of(12, "c1", 3, Action.SUBMIT, Phase.OK)
          .by("ana")
          .to("bruno")
          .key("k")
          .task("1b", 2)
          .room("lobby", 17)
          .value("line\nbreak \"quoted\" olá")
          .state("done");

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsWrittenIsRead() throws Exception {
    HistoryEvent bare = HistoryEvent.of(1, "c2", 0, Action.FAULT, Phase.INVOKE);
    Files.writeString(
        HistoryFiles.of(folder, "c1"),
        HistoryLines.write(FULL) + "\n" + HistoryLines.write(bare) + "\n");
    assertEquals(List.of(FULL, bare), HistoryFiles.read(folder));
  }

  @Test
  void whatAKilledClientWasWritingIsLeftOut() throws Exception {
    String line = HistoryLines.write(FULL);
    Files.writeString(HistoryFiles.of(folder, "c1"), line + "\n" + line.substring(0, 20));
    assertEquals(List.of(FULL), HistoryFiles.read(folder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{}", "{\"process\":\"a\",\"action\":\"fly\",\"phase\":\"ok\"}", "x"})
  void whatIsNoEventIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> HistoryLines.read(line));
  }
}
