package mutirao.raft;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mutirao.raft.codec.Snapshot;
import mutirao.raft.files.SnapshotFiles;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes snapshots on a thread of its own, one at a time. Thread-safe. */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final long PURGE_WITHIN_MS = 60_000;
  private static final long HOWEVER_FEW_ENTRIES = 1;
  private static final long CLOSE_WITHIN_SECONDS = 60;

  private final RatisOptions options;
  private final SimpleStateMachineStorage storage;
  private final Consumer<Throwable> onFault;
  private final ClientId client = ClientId.randomId();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("mutirao-snapshot").daemon().factory());
  private long requests;

  // Only for the thread that applies the log.
  private long bytes;
  private long commands;
  private final AtomicReference<@Nullable SingleFileSnapshotInfo> finished =
      new AtomicReference<>();
  private final AtomicLong written = new AtomicLong();

  /** Where the log was when the state was copied, and for how long nothing took effect. */
  record Stop(LogEntryProto entry, long ns) {
    TermIndex place() {
      return TermIndex.valueOf(entry.getTerm(), entry.getIndex());
    }
  }

  Snapshots(RatisOptions options, SimpleStateMachineStorage storage, Consumer<Throwable> onFault) {
    this.options = options;
    this.storage = storage;
    this.onFault = onFault;
  }

  /** The log is longer by so much; called by the thread that applies it. */
  void grew(long moreBytes, long moreCommands) {
    bytes += moreBytes;
    commands += moreCommands;
  }

  /** Whether enough has come since the last one was begun; called by the thread that applies. */
  boolean due() {
    return !busy.get()
        && (bytes >= options.snapshotBytes() || commands >= options.snapshotCommands());
  }

  /** How many were written since the start. */
  long written() {
    return written.get();
  }

  /**
   * Ratis asks for the index up to which it may delete its log: up to the older of the two
   * snapshots that are kept. Negative: nothing may go yet.
   */
  long take() {
    SingleFileSnapshotInfo newest = finished.getAndSet(null);
    SingleFileSnapshotInfo older = storage.getLatestSnapshot();
    if (newest != null) {
      // Not before Ratis asks: it does not ask where it finds that there is a new one already.
      storage.updateLatestSnapshot(newest);
    }
    return newest == null || older == null ? -1 : older.getIndex();
  }

  /** Writes a snapshot of the state at {@code stop}, then lets Ratis delete what it covers. */
  void write(Snapshot snapshot, Stop stop, RaftServer server) {
    TermIndex place = stop.place();
    busy.set(true);
    bytes = 0;
    commands = 0;
    thread.execute(
        () -> {
          try {
            finished.set(SnapshotFiles.write(snapshot, place, storage));
            LOG.info(
                "wrote a snapshot of entry {}, command {}; to copy the state took {} ms",
                place.getIndex(),
                snapshot.image().lastIndex(),
                TimeUnit.NANOSECONDS.toMillis(stop.ns()));
            purge(server);
            written.incrementAndGet();
          } catch (IOException e) {
            // The log still has everything; but a disk that takes no snapshot fills up unseen.
            onFault.accept(e);
          } finally {
            busy.set(false);
          }
        });
  }

  private void purge(RaftServer server) throws IOException {
    for (var group : server.getGroupIds()) {
      server.snapshotManagement(
          SnapshotManagementRequest.newCreate(
              client, server.getId(), group, ++requests, PURGE_WITHIN_MS, HOWEVER_FEW_ENTRIES));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a snapshot is still being written; it is given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
