package mutirao.raft;

import java.util.List;
import java.util.concurrent.TimeUnit;
import mutirao.raft.files.DataFolder;
import mutirao.raft.files.SnapshotFiles;
import mutirao.raft.group.Member;
import mutirao.raft.parts.NoNetwork;
import mutirao.raft.parts.PromptGrpc;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Every property of Ratis that is set, and why. What is not here is as Ratis has it. */
final class RatisSettings {
  /** A segment is purged as a whole, so small ones let the disk follow the snapshots closely. */
  static final int SEGMENT_BYTES = 32 * 1024 * 1024;

  /** Closed segments that are kept in memory, beside the open one. */
  private static final int KEPT_SEGMENTS = 1;

  /** Four mebibytes, Ratis's own, are filled with zeros inside the write path: 12 ms each time. */
  private static final int PREALLOCATED_BYTES = 128 * 1024;

  private static final long GRPC_MESSAGE_BYTES = 64L * 1024 * 1024;

  private static final int ELECTION_AFTER_MS = 300;
  private static final int ELECTION_UNTIL_MS = 800;

  /**
   * Who is not in the log yet and asks for votes is told to shut down: the leader may need a while
   * until it reaches the newcomer, which others that failed to reach it make longer.
   */
  private static final int NEWCOMER_WAITS_MS = 10_000;

  private static final String RPC_TYPE = "raft.rpc.type";

  private RatisSettings() {}

  static RaftProperties of(RatisOptions options, DataFolder folder) {
    RaftProperties properties = new RaftProperties();
    Member self = options.self();
    if (self == null) {
      alone(properties);
    } else {
      grouped(properties, self, options);
      if (options.joins() && folder.fresh()) {
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, ms(NEWCOMER_WAITS_MS));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, ms(NEWCOMER_WAITS_MS));
      }
    }
    RaftServerConfigKeys.setStorageDir(properties, List.of(folder.log().toFile()));
    // A stopped process (SIGSTOP, a suspended laptop) goes on afterwards; there is nobody to
    // diverge from.
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(365, TimeUnit.DAYS));
    log(properties, options);
    snapshots(properties);
    return properties;
  }

  private static void alone(RaftProperties properties) {
    // One member talks to nobody: no port, and no gRPC to load (a third of a second).
    properties.set(RPC_TYPE, NoNetwork.class.getName());
    // Nobody else can be elected, so nobody has to be waited for.
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, ms(1));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, ms(5));
  }

  private static void grouped(RaftProperties properties, Member self, RatisOptions options) {
    properties.set(RPC_TYPE, PromptGrpc.class.getName());
    GrpcConfigKeys.Server.setHost(properties, self.host());
    GrpcConfigKeys.Server.setPort(properties, self.port());
    // Room for the largest entry and what gRPC adds, and for a piece of a snapshot (16 MB).
    GrpcConfigKeys.setMessageSizeMax(
        properties,
        SizeInBytes.valueOf(Math.max(GRPC_MESSAGE_BYTES, 2L * options.maxEntryBytes())));
    // Twice Ratis's own and more: a busy machine must not look dead, and a new leader that is not
    // answered for the longest of these gives up. A leader is missed after half a second.
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, ms(ELECTION_AFTER_MS));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, ms(ELECTION_UNTIL_MS));
    // Ratis's own is ten seconds, for which a group with one dead server has no leader where the
    // one that stepped down has entries that the other lacks.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, ms(300));
    RaftServerConfigKeys.Rpc.setRequestTimeout(properties, ms(1000));
    // One that cannot win must not disturb a leader that is heard by a majority.
    RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
    // A millisecond between two appends, Ratis's own, is more than an append takes.
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, ms(0));
    // Ratis's own waits five seconds between two tries once a server has been gone for a while: so
    // long would one that is back, and its clients, hear nothing.
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "1ms,10, 100ms,1000000");
    // Whoever reads hears what everybody was told before, whichever server is asked.
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    // A leader that hangs is given up soon; the batch is sent again, and counts once.
    RaftClientConfigKeys.Rpc.setRequestTimeout(properties, ms(1000));
  }

  /** The log says who is in the group: from here on this server misses a leader as others do. */
  static void takePart(RaftProperties properties) {
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, ms(ELECTION_AFTER_MS));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, ms(ELECTION_UNTIL_MS));
  }

  private static void log(RaftProperties properties, RatisOptions options) {
    // A second entry a batch, only to remember the commit index that the next election finds
    // anyway.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setPreallocatedSize(
        properties, SizeInBytes.valueOf(PREALLOCATED_BYTES));
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(SEGMENT_BYTES));
    // Ratis's own, six and 200 MB, only fill the heap: others are sent what is new, and one that is
    // far behind can wait for the disk.
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, KEPT_SEGMENTS);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(
        properties, SizeInBytes.valueOf(KEPT_SEGMENTS * SEGMENT_BYTES));
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
