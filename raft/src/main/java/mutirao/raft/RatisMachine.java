package mutirao.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mutirao.core.image.StateImage;
import mutirao.core.log.Log;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Snapshot;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.jspecify.annotations.Nullable;

/**
 * Between Ratis and our machine. Ratis calls {@link #applyTransaction} on one thread, in log order;
 * each entry has taken effect when that returns. A failed future would only be logged, and the
 * servers would drift apart: so what cannot be applied is a fault that ends the server.
 */
final class RatisMachine extends BaseStateMachine {

  /** A batch that was handed in and has not been decided. */
  record InFlight(LogRecord.OfBatch batch, byte[] bytes) {}

  private final RatisOptions options;
  private final Replica replica;
  private final Log.Listener listener;
  private final DataFolder folder;
  private final Consumer<Throwable> onFault;
  private final AtomicReference<@Nullable InFlight> inFlight = new AtomicReference<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final Producers producers = new Producers();
  private final Snapshots snapshots;

  private long lastIndex;
  private long bytesSinceSnapshot;
  private long commandsSinceSnapshot;
  private volatile boolean closing;

  RatisMachine(
      RatisOptions options,
      Replica replica,
      Log.Listener listener,
      DataFolder folder,
      Consumer<Throwable> onFault) {
    this.options = options;
    this.replica = replica;
    this.listener = listener;
    this.folder = folder;
    this.onFault = onFault;
    this.snapshots = new Snapshots(storage, onFault);
  }

  AtomicReference<@Nullable InFlight> inFlight() {
    return inFlight;
  }

  /** Done when this server leads and has applied all it had; or with what went wrong. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  /** From now on nothing takes effect. */
  void closing() {
    closing = true;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    try {
      Path snapshotFolder = raftStorage.getStorageDir().getStateMachineDir().toPath();
      SnapshotFiles.Found found = SnapshotFiles.newest(snapshotFolder);
      // Only now, because it settles on one by the names alone.
      storage.init(raftStorage);
      if (found != null) {
        StateImage image = found.snapshot().image();
        replica.run(() -> replica.restore(image));
        producers.restore(found.snapshot().producers());
        lastIndex = image.lastIndex();
        setLastAppliedTermIndex(found.place());
      }
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
      throw e;
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry());
    try {
      if (!closing) {
        apply(entry.getStateMachineLogEntry().getLogData().toByteArray());
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        folder.saw(entry.getIndex());
        takeSnapshotIfDue(entry);
      }
      return CompletableFuture.completedFuture(Message.EMPTY);
    } catch (RejectedExecutionException gone) {
      // The server is being closed; the entry takes effect in the next start.
      closing = true;
      return CompletableFuture.completedFuture(Message.EMPTY);
    } catch (IOException | RuntimeException | Error fault) {
      if (closing) {
        return CompletableFuture.completedFuture(Message.EMPTY);
      }
      onFault.accept(fault);
      throw new IllegalStateException("entry " + entry.getIndex() + " cannot be applied", fault);
    }
  }

  private void apply(byte[] bytes) throws IOException {
    bytesSinceSnapshot += bytes.length;
    InFlight mine = inFlight.get();
    InFlight own = mine != null && Arrays.equals(mine.bytes(), bytes) ? mine : null;
    // What was written a moment ago need not be read again.
    LogRecord entry = own == null ? LogRecord.of(bytes) : own.batch();
    switch (entry) {
      case LogRecord.OfSettings(var settings) -> replica.run(() -> replica.use(settings));
      case LogRecord.OfBatch(long producer, Log.Batch batch) -> {
        if (producers.isNew(producer, batch.id())) {
          boolean stillMine = own != null && inFlight.compareAndSet(own, null);
          long firstIndex = lastIndex + 1;
          lastIndex += batch.commands().size();
          commandsSinceSnapshot += batch.commands().size();
          replica.run(() -> listener.committed(firstIndex, batch, stillMine));
        }
      }
    }
  }

  private void takeSnapshotIfDue(LogEntryProto entry) {
    boolean due =
        bytesSinceSnapshot >= options.snapshotBytes()
            || commandsSinceSnapshot >= options.snapshotCommands();
    if (due && snapshots.idle()) {
      bytesSinceSnapshot = 0;
      commandsSinceSnapshot = 0;
      TermIndex place = TermIndex.valueOf(entry.getTerm(), entry.getIndex());
      AtomicReference<@Nullable StateImage> image = new AtomicReference<>();
      replica.run(() -> image.set(replica.image()));
      StateImage taken = image.get();
      if (taken != null) {
        snapshots.write(new Snapshot(taken, producers.image()), place, getServer().join());
      }
    }
  }

  @Override
  public long takeSnapshot() {
    return snapshots.take();
  }

  @Override
  public void notifyLeaderReady() {
    ready.complete(null);
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failed) {
    // Its log worker never recovers: a full disk or a failed fsync ends the server.
    if (!closing) {
      ready.completeExceptionally(cause);
      onFault.accept(cause);
    }
  }
}
