package mutirao.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFilesTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "Linux, '', /people/ana/.local/share/mutirao",
    "Linux, /data, /data/mutirao",
    "Linux, relative, /people/ana/.local/share/mutirao",
    "Mac OS X, /data, /people/ana/Library/Application Support/mutirao",
    "Windows 11, '', /people/ana/AppData/Roaming/mutirao",
  })
  void thePlatformSaysWhere(String system, String xdg, String expected) {
    Properties properties = new Properties();
    properties.setProperty("os.name", system);
    properties.setProperty("user.home", "/people/ana");
    assertEquals(Path.of(expected), UserFiles.dataFolder(Map.of("XDG_DATA_HOME", xdg), properties));
  }

  @Test
  void theFileIsTheUsersAlone() throws Exception {
    Path home = folder.resolve("share").resolve("mutirao");
    Path file = UserFiles.privateFile(home, "chat.history").orElseThrow();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
    assertEquals(Optional.of(file), UserFiles.privateFile(home, "chat.history"));
  }

  @Test
  void whereItCannotBeMadeNothingIsRemembered() throws Exception {
    Path inTheWay = Files.createFile(folder.resolve("file"));
    assertTrue(UserFiles.privateFile(inTheWay.resolve("mutirao"), "x").isEmpty());
  }
}
