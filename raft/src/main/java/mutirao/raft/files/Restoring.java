package mutirao.raft.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.Snapshot;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.util.SizeInBytes;

/** Makes a new data folder from a state that was written by itself. */
public final class Restoring {
  /** The new log begins behind this. No server ever had a group with the same id. */
  private static final TermIndex PLACE = TermIndex.valueOf(1, 1);

  private static final int BUFFER_BYTES = 1 << 16;

  private Restoring() {}

  /**
   * Makes the folder of a server for itself. Whatever stops it on the way: no server starts on a
   * folder that is not whole.
   *
   * @param state a snapshot's bytes
   * @param node the server's name
   * @return the index of the last command that is in it
   * @throws DataFolderException where the state cannot be read, or the folder has something in it;
   *     then nothing was touched
   */
  public static long restore(Path state, Path folder, String node) throws IOException {
    Snapshot snapshot = read(state);
    Durably.checkEmpty(folder);
    UUID group = UUID.randomUUID();
    try (DataFolder made = DataFolder.take(folder, node, "restore it again")) {
      made.beginRestore();
      write(snapshot, made.log().resolve(group.toString()));
      Durably.force(made.log());
      made.saw(PLACE.getIndex());
      made.settle(node, group);
      made.endRestore();
    }
    return snapshot.image().lastIndex();
  }

  private static Snapshot read(Path state) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(state), BUFFER_BYTES)) {
      return Snapshot.read(in);
    } catch (BadBytesException e) {
      throw new DataFolderException(
          state + " cannot be read (" + e.getMessage() + "); take another backup", e);
    }
  }

  /** As Ratis lays a group's folder out, with a snapshot and no log. */
  private static void write(Snapshot snapshot, Path groupFolder) throws IOException {
    Files.createDirectories(groupFolder);
    try (RaftStorage storage =
        RaftStorage.newBuilder()
            .setDirectory(groupFolder.toFile())
            .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
            .setOption(RaftStorage.StartupOption.FORMAT)
            .build()) {
      storage.initialize();
      storage
          .getMetadataFile()
          .persist(
              RaftStorageMetadata.valueOf(
                  PLACE.getTerm(), RaftStorageMetadata.getDefault().getVotedFor()));
      SimpleStateMachineStorage snapshots = new SimpleStateMachineStorage();
      snapshots.init(storage);
      SnapshotFiles.write(snapshot, PLACE, snapshots);
      Durably.force(storage.getStorageDir().getCurrentDir().toPath());
      Durably.force(groupFolder);
    }
  }
}
