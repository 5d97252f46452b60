package mutirao.server.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AboutTest {
  private static final Path FILE = Path.of("backup", "mutirao-backup");

  /** Backups of version 1 are out there: they are read for ever. */
  private static final String VERSION_ONE =
      """
      mutirao backup, version 1
      node n1
      position 1234
      taken 2026-11-29T05:25:16.001Z
      bytes 98765
      sha-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      """;

  @Test
  void versionOneStaysAsItIs() throws Exception {
    About about = About.parse(FILE, VERSION_ONE.lines().toList());

    assertEquals(1234, about.position());
    assertEquals(98_765, about.bytes());
    assertEquals(VERSION_ONE, about.toText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a diary", "mutirao backup, version 1\nnode n1\nposition x"})
  void whatIsNoneIsRefused(String text) {
    List<String> lines = text.lines().toList();
    BackupException e = assertThrows(BackupException.class, () -> About.parse(FILE, lines));
    assertTrue(e.getMessage().contains("is damaged"), e.getMessage());
  }
}
