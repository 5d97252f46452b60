package mutirao.raft.parts;

import java.io.IOException;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots' folder, which is only looked through when it is opened or something was put there.
 * Ratis's own looks again each time it is asked, as long as there is none, and a leader asks before
 * each append to each follower. Thread-safe.
 */
public final class KnownSnapshots extends SimpleStateMachineStorage {
  private volatile @Nullable SingleFileSnapshotInfo latest;

  @Override
  public void init(RaftStorage storage) throws IOException {
    super.init(storage);
    loadLatestSnapshot();
  }

  @Override
  public @Nullable SingleFileSnapshotInfo getLatestSnapshot() {
    return latest;
  }

  @Override
  public @Nullable SingleFileSnapshotInfo loadLatestSnapshot() {
    latest = super.loadLatestSnapshot();
    return latest;
  }

  @Override
  public @Nullable SingleFileSnapshotInfo updateLatestSnapshot(SingleFileSnapshotInfo info) {
    latest = super.updateLatestSnapshot(info);
    return latest;
  }
}
