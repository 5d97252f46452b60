package mutirao.raft.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server. {@code mutirao-data} says that it is one, of which version, and whose;
 * {@code lock} is held while a server uses it; {@code seen} has the last index that took effect;
 * {@code log} is Ratis's.
 */
public final class DataFolder implements AutoCloseable {
  public static final int VERSION = 1;
  private static final String MARKER = "mutirao-data";

  /** More than the file system may have left over in what it already holds. */
  private static final int PROBE_BYTES = 64 * 1024;

  private static final String CONDEMNED = "condemned";
  private static final String RESTORING = "restoring";
  private static final String FIRST_LINE = "mutirao data folder, version ";

  private final Path folder;
  private final FileChannel lock;
  private final FileChannel seen;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
  private final boolean fresh;
  private @Nullable UUID group;

  private DataFolder(Path folder, FileChannel lock, @Nullable UUID group) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.fresh = group == null;
    this.group = group;
    this.seen = open(folder.resolve("seen"));
  }

  /**
   * Takes the folder for one server, and makes it if it is not there.
   *
   * @param remedy what helps where its log is missing: part of a sentence
   * @throws DataFolderException where it is something else, somebody else's, or in use
   */
  public static DataFolder take(Path folder, String node, String remedy) throws IOException {
    if (Files.exists(folder.resolve(RESTORING))) {
      throw new DataFolderException(
          "a restore into "
              + folder
              + " was not finished; delete that folder, and restore it again");
    }
    if (Files.exists(folder.resolve(CONDEMNED))) {
      throw new DataFolderException(
          folder
              + " must not be used again: "
              + Files.readString(folder.resolve(CONDEMNED), UTF_8));
    }
    boolean fresh = !Files.exists(folder.resolve(MARKER));
    if (fresh && Files.isDirectory(folder) && !isEmpty(folder)) {
      throw new DataFolderException(
          folder
              + " is not empty and holds no data of this program; name an empty folder, or one"
              + " that a server made");
    }
    FileChannel lock;
    try {
      Durably.make(folder);
      lock = open(folder.resolve("lock"));
    } catch (IOException e) {
      throw new DataFolderException(
          "cannot write to " + folder + " (" + e + "); check who owns it, or name another", e);
    }
    try {
      hold(lock, folder);
      return new DataFolder(folder, lock, fresh ? null : check(folder, node, remedy));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        // A start that got no further than this may be tried again.
        if (!List.of("lock", "seen", "log", "archive", MARKER + Durably.NEW)
            .contains(file.getFileName().toString())) {
          return false;
        }
      }
      return true;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void hold(FileChannel lock, Path folder) throws IOException {
    FileLock held;
    try {
      held = lock.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      throw new DataFolderException(
          folder + " is in use by another server; stop that one, or name another folder");
    }
  }

  /** Which group the folder's log is of. */
  private static UUID check(Path folder, String node, String remedy) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(MARKER), UTF_8);
    if (lines.size() < 3 || !lines.getFirst().equals(FIRST_LINE + VERSION)) {
      throw new DataFolderException(
          folder
              + " was made by another version of this program ("
              + (lines.isEmpty() ? "empty" : lines.getFirst())
              + "); this one reads version "
              + VERSION);
    }
    String owner = lines.get(1);
    if (!owner.equals(node)) {
      throw new DataFolderException(
          folder + " belongs to the server named " + owner + "; start it with --node " + owner);
    }
    if (!Files.isDirectory(folder.resolve("log"))) {
      throw new DataFolderException("the log is missing from " + folder + "; " + remedy);
    }
    try {
      return UUID.fromString(lines.get(2));
    } catch (IllegalArgumentException e) {
      throw new DataFolderException(folder.resolve(MARKER) + " names no group of servers", e);
    }
  }

  /** Whether nothing was ever kept here. */
  public boolean fresh() {
    return fresh;
  }

  /** Whether there is a log, even of a start that got no further than that. */
  public boolean begun() throws IOException {
    if (!Files.isDirectory(log())) {
      return false;
    }
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(log())) {
      return groups.iterator().hasNext();
    }
  }

  /** Whose log it is; null where nothing was ever kept here. */
  public @Nullable UUID group() {
    return group;
  }

  /** From now on this is the log of {@code ofGroup}, and an empty log here is a lost log. */
  public void settle(String node, UUID ofGroup) throws IOException {
    if (group == null) {
      group = ofGroup;
      Durably.write(
          folder.resolve(MARKER), FIRST_LINE + VERSION + "\n" + node + "\n" + ofGroup + "\n");
      Durably.forceName(folder);
    }
  }

  /** From now on no server takes this folder; {@code why} is for people who run servers. */
  public void condemn(String why) throws IOException {
    Durably.write(folder.resolve(CONDEMNED), why);
  }

  /** From now on no server takes this folder, until {@link #endRestore}. */
  void beginRestore() throws IOException {
    Files.createFile(folder.resolve(RESTORING));
    Durably.force(folder);
  }

  /** All is in its place. */
  void endRestore() throws IOException {
    seen.force(true);
    Files.delete(folder.resolve(RESTORING));
    Durably.force(folder);
  }

  public Path log() {
    return folder.resolve("log");
  }

  /** The last index that is known to have taken effect; -1 where none is. */
  public long seen() throws IOException {
    number.clear();
    return seen.read(number, 0) < Long.BYTES ? -1 : number.getLong(0);
  }

  /**
   * Remembers that an index took effect. Not forced to the disk: what a power cut leaves is older
   * than the log, never newer.
   */
  public void saw(long index) throws IOException {
    number.clear();
    number.putLong(0, index);
    seen.write(number, 0);
  }

  /**
   * Looks whether the disk takes anything.
   *
   * @throws IOException what it says where it does not
   */
  public void probe() throws IOException {
    Path file = folder.resolve("probe");
    try (FileChannel channel = open(file)) {
      channel.write(ByteBuffer.allocate(PROBE_BYTES));
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    seen.close();
    lock.close();
  }
}
