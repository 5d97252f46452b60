package mutirao.raft.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.Snapshot;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots in Ratis's folder. Two are kept, and the log from the older one on, so that one
 * damaged file costs nothing but a longer start.
 */
public final class SnapshotFiles {
  /** So many are kept. */
  public static final int KEPT = 2;

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String UNFINISHED = ".tmp";

  /** A snapshot and its place in the log. */
  public record Found(TermIndex place, Snapshot snapshot) {}

  private SnapshotFiles() {}

  /**
   * The places of all snapshots in a folder, newest first; whether they can be read is not said.
   */
  public static List<TermIndex> places(Path folder) throws IOException {
    List<TermIndex> places = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Matcher name =
              SimpleStateMachineStorage.SNAPSHOT_REGEX.matcher(file.getFileName().toString());
          if (name.matches()) {
            places.add(
                TermIndex.valueOf(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
          }
        }
      }
    }
    places.sort(Comparator.comparingLong(TermIndex::getIndex).reversed());
    return places;
  }

  /**
   * Writes it and its hash, forces both to the disk, and only then gives it its name: one without a
   * hash is none to Ratis.
   */
  public static SingleFileSnapshotInfo write(
      Snapshot snapshot, TermIndex place, SimpleStateMachineStorage storage) throws IOException {
    Path file = storage.getSnapshotFile(place.getTerm(), place.getIndex()).toPath();
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    MessageDigest digest = MD5FileUtil.newMD5();
    try (FileChannel channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(
                new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES)) {
      snapshot.write(out);
      out.flush();
      channel.force(true);
    }
    MD5Hash hash = MD5Hash.newInstance(digest.digest());
    MD5FileUtil.saveMD5File(file.toFile(), hash);
    Path folder = Objects.requireNonNull(file.getParent());
    Durably.force(folder);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    Durably.force(folder);
    return new SingleFileSnapshotInfo(new FileInfo(file, hash), place.getTerm(), place.getIndex());
  }

  /**
   * {@link #newest} of a folder to which nobody writes yet: what a crash left unfinished there is
   * deleted, because it would never be.
   */
  public static @Nullable Found open(Path folder, String remedy) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (file.getFileName().toString().endsWith(UNFINISHED)) {
            Files.delete(file);
          }
        }
      }
    }
    return newest(folder, remedy);
  }

  /**
   * The newest snapshot that can be read. One that cannot is put aside, loudly, if there is an
   * older one. Hashes that are missing or damaged are written anew, because Ratis passes over what
   * has none and would go on from an older one than the caller.
   *
   * @param remedy what helps where all are damaged: part of a sentence
   * @return null where there is none at all
   * @throws DataFolderException where all are damaged, or a later version wrote one
   */
  public static @Nullable Found newest(Path folder, String remedy) throws IOException {
    IOException damage = null;
    for (TermIndex place : places(folder)) {
      Path file = file(folder, place);
      MessageDigest digest = MD5FileUtil.newMD5();
      Found found;
      try (InputStream in =
          new BufferedInputStream(
              new DigestInputStream(Files.newInputStream(file), digest), BUFFER_BYTES)) {
        found = new Found(place, Snapshot.read(in));
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        if (e instanceof BadBytesException bad && bad.later()) {
          // The older one may be readable, but not what the later version made of it since.
          throw new DataFolderException(
              file
                  + " was written by a later version of this program ("
                  + e.getMessage()
                  + "); start that version",
              e);
        }
        LOG.error("the snapshot {} is damaged ({}); trying an older one", file, e.getMessage());
        damage = e;
        continue;
      }
      if (damage != null) {
        putAside(folder, place);
      }
      complete(folder, file, MD5Hash.newInstance(digest.digest()));
      return found;
    }
    if (damage != null) {
      throw new DataFolderException(
          "no snapshot in " + folder + " can be read (" + damage.getMessage() + "); " + remedy,
          damage);
    }
    return null;
  }

  /** Writes the hashes that are missing or damaged; {@code hash} is that of the newest. */
  private static void complete(Path folder, Path newest, MD5Hash hash) throws IOException {
    putRight(newest, hash);
    for (TermIndex place : places(folder)) {
      Path file = file(folder, place);
      if (storedHash(file) == null) {
        putRight(file, MD5FileUtil.computeMd5ForFile(file.toFile()));
      }
    }
  }

  private static void putRight(Path file, MD5Hash hash) throws IOException {
    if (!hash.equals(storedHash(file))) {
      LOG.warn("the hash of the snapshot {} was missing or damaged, and is written anew", file);
      MD5FileUtil.saveMD5File(file.toFile(), hash);
    }
  }

  /** Null where there is none that can be read. */
  private static @Nullable MD5Hash storedHash(Path file) {
    try {
      return MD5FileUtil.readStoredMd5ForFile(file.toFile());
    } catch (IOException e) {
      return null;
    }
  }

  /** Renames the snapshots that are newer than {@code good}, so that nobody takes them for one. */
  private static void putAside(Path folder, TermIndex good) throws IOException {
    for (TermIndex place : places(folder)) {
      if (place.getIndex() > good.getIndex()) {
        Path file = file(folder, place);
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".damaged"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path file(Path folder, TermIndex place) {
    return folder.resolve(
        SimpleStateMachineStorage.getSnapshotFileName(place.getTerm(), place.getIndex()));
  }
}
