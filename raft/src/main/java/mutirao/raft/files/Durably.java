package mutirao.raft.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Small files and folders that are there after a power cut, or are not there at all. */
public final class Durably {
  /** What a file is called until all of it is there. */
  static final String NEW = ".new";

  private Durably() {}

  /** Writes a file, or replaces it: whoever reads it finds all of the old text or of the new. */
  public static void write(Path file, String text) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + NEW);
    Files.writeString(written, text, UTF_8);
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      force(folder);
    }
  }

  /** Makes a folder that is not there, for its owner alone: what people say will be in it. */
  public static void make(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (Files.isDirectory(folder) || !posix) {
      Files.createDirectories(folder);
    } else {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /**
   * Makes sure that the names in a folder are on the disk: one that only the cache knows is gone
   * after a power cut, and with it what was promised.
   */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The same for the folder that holds this one. */
  public static void forceName(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /**
   * Makes sure that nothing can be overwritten.
   *
   * @throws DataFolderException where there is a file, or something in the folder
   */
  public static void checkEmpty(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new DataFolderException(
          folder + " is a file; name a folder that is empty or not there");
    }
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        if (files.iterator().hasNext()) {
          throw new DataFolderException(
              folder + " is not empty; name a folder that is empty or not there");
        }
      }
    }
  }
}
