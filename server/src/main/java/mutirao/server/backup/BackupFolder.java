package mutirao.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import mutirao.raft.files.Durably;
import mutirao.raft.files.Restoring;

/**
 * A backup as a folder: {@code state} has the bytes, and {@code mutirao-backup}, which is written
 * last, says what they are. Without that there is no backup.
 */
public final class BackupFolder implements AutoCloseable {
  private static final String ABOUT = "mutirao-backup";
  private static final String STATE = "state";
  private static final String NEW = ".new";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final boolean made;
  private final FileChannel state;
  private final MessageDigest digest = sha256();
  private boolean finished;

  private BackupFolder(Path folder, boolean made) throws IOException {
    this.folder = folder;
    this.made = made;
    this.state =
        FileChannel.open(
            folder.resolve(STATE + NEW), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Begins a new backup; {@link #close} deletes what there is of it unless it was finished.
   *
   * @throws DataFolderException where there is something in the folder already
   */
  public static BackupFolder create(Path folder) throws IOException {
    Durably.checkEmpty(folder);
    boolean there = Files.isDirectory(folder);
    Durably.make(folder);
    return new BackupFolder(folder, !there);
  }

  /** Adds bytes of the state. */
  public void append(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      state.write(rest);
    }
    digest.update(bytes);
  }

  /** The bytes are all there: forces them to the disk, and makes a backup of them. */
  public void finish(String node, long position, long timeMs) throws IOException {
    state.force(true);
    About about =
        new About(node, position, timeMs, state.size(), HexFormat.of().formatHex(digest.digest()));
    state.close();
    Files.move(folder.resolve(STATE + NEW), folder.resolve(STATE));
    Durably.write(folder.resolve(ABOUT), about.toText());
    Durably.forceName(folder);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    state.close();
    if (!finished) {
      for (String name : new String[] {ABOUT, ABOUT + NEW, STATE, STATE + NEW}) {
        Files.deleteIfExists(folder.resolve(name));
      }
      if (made) {
        Files.delete(folder);
      }
    }
  }

  /**
   * Makes the data folder of a server for itself from a backup, which is looked at whole before
   * anything is written.
   *
   * @param data a folder that is empty or not there
   * @param node the server's name
   * @return what is in it
   * @throws IOException with what is wrong with either folder, and what to do
   */
  public static About restore(Path backup, Path data, String node) throws IOException {
    Path about = backup.resolve(ABOUT);
    if (!Files.exists(about)) {
      throw new BackupException(
          backup + " holds no finished backup: there is no file " + ABOUT + " in it");
    }
    About said = About.parse(about, Files.readAllLines(about, UTF_8));
    Path state = backup.resolve(STATE);
    if (!Files.exists(state) || Files.size(state) != said.bytes() || !isIntact(state, said)) {
      throw new BackupException(
          state + " is missing or damaged: it is not what was written; use another backup");
    }
    Restoring.restore(state, data, node);
    return said;
  }

  private static boolean isIntact(Path state, About said) throws IOException {
    MessageDigest found = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(state)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        found.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(found.digest()).equals(said.sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
