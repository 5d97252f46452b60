package mutirao.cli.terminal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Files of the user's own, where the platform wants them, readable by nobody else. */
public final class UserFiles {
  private static final String FOLDER = "mutirao";

  private UserFiles() {}

  /**
   * The folder for data of programs: {@code $XDG_DATA_HOME} or {@code ~/.local/share} (XDG Base
   * Directory Specification), {@code ~/Library/Application Support} on macOS, {@code %APPDATA%} on
   * Windows.
   */
  public static Path dataFolder(Map<String, String> environment, Properties properties) {
    Path home = Path.of(properties.getProperty("user.home", "."));
    String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      String roaming = environment.getOrDefault("APPDATA", "");
      Path base = roaming.isEmpty() ? home.resolve("AppData", "Roaming") : Path.of(roaming);
      return base.resolve(FOLDER);
    }
    if (system.startsWith("mac")) {
      return home.resolve("Library", "Application Support", FOLDER);
    }
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base = xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".local", "share");
    return base.resolve(FOLDER);
  }

  /**
   * The file {@code name} in {@code folder}, made if it is not there. What people type may be
   * private, so only they can read it.
   *
   * @return empty where it cannot be made: then nothing is remembered
   */
  static Optional<Path> privateFile(Path folder, String name) {
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, only("rwx------"));
      }
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createFile(file, only("rw-------"));
      }
      return Files.isWritable(file) ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static FileAttribute<?>[] only(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }
}
