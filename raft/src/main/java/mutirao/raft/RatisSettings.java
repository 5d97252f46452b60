package mutirao.raft;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Every property of Ratis that is set, and why. What is not here is as Ratis has it. */
final class RatisSettings {
  /** A segment is purged as a whole, so small ones let the disk follow the snapshots closely. */
  static final int SEGMENT_BYTES = 32 * 1024 * 1024;

  /** Four mebibytes, Ratis's own, are filled with zeros inside the write path: 12 ms each time. */
  private static final int PREALLOCATED_BYTES = 128 * 1024;

  private RatisSettings() {}

  static RaftProperties of(RatisOptions options, DataFolder folder) {
    RaftProperties properties = new RaftProperties();
    // One member talks to nobody: no port, and no gRPC to load (a third of a second).
    properties.set("raft.rpc.type", NoNetwork.class.getName());
    RaftServerConfigKeys.setStorageDir(properties, List.of(folder.log().toFile()));
    // Nobody else can be elected, so nobody has to be waited for.
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, ms(1));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, ms(5));
    // A stopped process (SIGSTOP, a suspended laptop) goes on afterwards; there is nobody to
    // diverge from.
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(365, TimeUnit.DAYS));
    log(properties, options);
    snapshots(properties);
    return properties;
  }

  private static void log(RaftProperties properties, RatisOptions options) {
    // A second entry a batch, only to remember the commit index that the next election finds
    // anyway.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setPreallocatedSize(
        properties, SizeInBytes.valueOf(PREALLOCATED_BYTES));
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(SEGMENT_BYTES));
    // The largest entry; the write buffer must hold one and its frame, or the server does not
    // start.
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
        properties, SizeInBytes.valueOf(options.maxEntryBytes()));
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(2L * options.maxEntryBytes()));
    // What is damaged stops the start; a torn tail is cut before Ratis sees it (LogFiles).
    RaftServerConfigKeys.Log.setCorruptionPolicy(
        properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    boolean careless =
        switch (options.sync()) {
          case MAJORITY -> false;
          case NONE -> true;
        };
    RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, careless);
  }

  private static void snapshots(RaftProperties properties) {
    // Taken by bytes, and off the thread that applies: RatisMachine does it.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SnapshotFiles.KEPT);
    // Not only what every member has: one that is dead must not fill the disks of the others.
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
  }

  private static TimeDuration ms(long ms) {
    return TimeDuration.valueOf(ms, TimeUnit.MILLISECONDS);
  }
}
