package mutirao.chaos.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk in a file, with a file system (ext4) of its own. It is mounted for one process alone, in a
 * mount namespace that ends with that process, so nothing stays mounted. What the process did not
 * force to the disk is not in the file: a copy of it is what a power cut leaves.
 */
public final class DiskImage {
  private static final long LOOK_EVERY_MS = 20;
  private static final int LOOKS = 1000;
  private static final int COPIES = 50;

  private final Path image;
  private final Path mounted;

  private DiskImage(Path image, Path mounted) {
    this.image = image;
    this.mounted = mounted;
  }

  /** Makes an empty disk. Needs root, as everything here. */
  public static DiskImage make(Path folder, int mebibytes)
      throws IOException, InterruptedException {
    return make(folder, "disk", mebibytes);
  }

  /** The same, with files in {@code folder} that begin with {@code name}. */
  public static DiskImage make(Path folder, String name, int mebibytes)
      throws IOException, InterruptedException {
    DiskImage disk =
        new DiskImage(folder.resolve(name + ".img"), folder.resolve(name + "-mounted"));
    Files.createDirectory(disk.mounted);
    try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      file.setLength(mebibytes * 1024L * 1024);
    }
    Tools.run("mkfs.ext4", "-q", "-F", disk.image.toString());
    return disk;
  }

  /** Where the process finds the disk. */
  public Path root() {
    return mounted;
  }

  /**
   * The command, run with the disk mounted.
   *
   * @param before a line for the shell, run in the disk before the command
   */
  public List<String> under(String before, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-e",
                "-c",
                // A killed process lets go of it a moment later; mounted twice it would be ruined.
                "while [ -n \"$(losetup -j \"$1\")\" ]; do sleep 0.02; done;"
                    + " mount -o loop \"$1\" \"$2\"; (cd \"$2\"; "
                    + before
                    + "); shift 2; exec \"$@\"",
                "disk",
                image.toString(),
                mounted.toString()));
    all.addAll(command);
    return all;
  }

  /**
   * Cuts the power of a server that runs on this disk. It stands still while the disk is copied;
   * two copies in a row that are equal show that nothing was written meanwhile, so that the copy is
   * one moment's.
   */
  public void cutPower(ServerProcess server) throws IOException, InterruptedException {
    Path copy = image.resolveSibling(image.getFileName() + ".copy");
    Path check = image.resolveSibling(image.getFileName() + ".check");
    server.pause();
    copy(image, copy);
    copy(image, check);
    for (int copies = 2; Files.mismatch(copy, check) >= 0; copies++) {
      if (copies == COPIES) {
        throw new IOException("the disk is never at rest");
      }
      Files.move(check, copy, StandardCopyOption.REPLACE_EXISTING);
      copy(image, check);
    }
    server.kill();
    // What is still mounted writes into a file without a name from here on.
    Files.move(copy, image, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(check);
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Tools.run("cp", "--sparse=always", from.toString(), to.toString());
  }

  /**
   * Nothing more can be written: a file {@code filler} takes all that is free.
   *
   * @param server runs on this disk
   */
  public void fill(ServerProcess server) throws IOException, InterruptedException {
    Tools.run(
        "nsenter",
        "--mount",
        "--target",
        Long.toString(server.pid()),
        "sh",
        "-e",
        "-c",
        "cd \"$1\"; fallocate -l $(stat -f -c '%f * %S' . | xargs expr) filler || true;"
            + " dd if=/dev/zero of=rest bs=4096 2>/dev/null || true",
        "fill",
        mounted.toString());
  }

  /** For {@link #under}: takes away what {@link #fill} wrote. */
  public static final String EMPTY = "rm -f filler rest";

  /** Waits until nobody has it mounted; the last writes of a killed process may take a moment. */
  public void awaitUnmounted() throws IOException, InterruptedException {
    for (int look = 0; !Tools.run("losetup", "-j", image.toString()).isEmpty(); look++) {
      if (look == LOOKS) {
        throw new IOException(image + " stays mounted");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }
}
