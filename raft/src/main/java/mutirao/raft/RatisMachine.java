package mutirao.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mutirao.core.image.StateImage;
import mutirao.core.log.Log;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Snapshot;
import mutirao.raft.codec.Stamped;
import mutirao.raft.files.DataFolder;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.files.SnapshotFiles;
import mutirao.raft.group.LeaderAffinity;
import mutirao.raft.group.LeftGroupException;
import mutirao.raft.group.LogTime;
import mutirao.raft.parts.KnownSnapshots;
import mutirao.raft.parts.PromptGrpc;
import mutirao.raft.version.RulesMark;
import mutirao.raft.version.VersionedMachine;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Between Ratis and our machine. Ratis calls {@link #applyTransaction} on one thread, in log order;
 * each entry has taken effect when that returns. A failed future would only be logged, and the
 * servers would drift apart: so what cannot be applied is a fault that ends the server.
 */
final class RatisMachine extends VersionedMachine {

  /** What a state machine has to tell the log that it serves. Called from Ratis's threads. */
  interface Owner {
    /** The group whose log this is. */
    void belongsTo(RaftGroupId group) throws IOException;

    /** Somebody leads now: this server or another. */
    void led(boolean here);

    /** Other servers belong to the group. */
    void regrouped();
  }

  private final RatisOptions options;
  private final Replica replica;
  private final Log.Listener listener;
  private final DataFolder folder;
  private final Consumer<Throwable> onFault;
  private final LogTime time;
  private final Owner owner;
  private final AtomicReference<@Nullable Flight> inFlight = new AtomicReference<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final KnownSnapshots storage = new KnownSnapshots();
  private final Producers producers = new Producers();
  private final LeaderAffinity affinity = new LeaderAffinity();
  private final Comparing comparing;
  private final RulesMark rules;
  private final Snapshots snapshots;
  private @Nullable Path installed;

  private long lastIndex;
  private volatile boolean hasSettings;
  private volatile boolean closing;

  /** Held while an entry takes effect: whoever looks from beside sees all of it or nothing. */
  private final ReentrantLock applying = new ReentrantLock();

  RatisMachine(
      RatisOptions options,
      Replica replica,
      Log.Listener listener,
      DataFolder folder,
      Consumer<Throwable> onFault,
      LogTime time,
      Owner owner) {
    super(options.versions());
    this.rules = new RulesMark(options.versions());
    this.options = options;
    this.replica = replica;
    this.listener = listener;
    this.folder = folder;
    this.onFault = onFault;
    this.time = time;
    this.owner = owner;
    this.comparing = new Comparing(options, replica, folder);
    this.snapshots = new Snapshots(options, storage, onFault);
  }

  AtomicReference<@Nullable Flight> inFlight() {
    return inFlight;
  }

  /** Done when this server leads and has applied all it had; or with what went wrong. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  Comparing comparing() {
    return comparing;
  }

  LeaderAffinity affinity() {
    return affinity;
  }

  /** By which rules the log is applied where it is now. */
  RulesMark rules() {
    return rules;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  /** Whether the log has said what the machine is to work with. */
  boolean hasSettings() {
    return hasSettings;
  }

  /** From now on nothing takes effect. */
  void closing() {
    closing = true;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    Path snapshotFolder = raftStorage.getStorageDir().getStateMachineDir().toPath();
    installed = snapshotFolder;
    try {
      owner.belongsTo(group);
      getLifeCycle()
          .startAndTransition(
              () -> {
                SnapshotFiles.Found found = SnapshotFiles.open(snapshotFolder, options.remedy());
                // Only now, because it settles on one by the names alone.
                storage.init(raftStorage);
                if (found != null) {
                  rules.goOnFrom(found.snapshot().windows());
                  replica.run(() -> goOnFrom(found));
                }
              },
              IOException.class);
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
      throw e;
    }
  }

  private void goOnFrom(SnapshotFiles.Found found) {
    StateImage image = found.snapshot().image();
    replica.restore(image);
    producers.restore(found.snapshot().producers());
    comparing.restore(found.snapshot().windows());
    lastIndex = image.lastIndex();
    hasSettings = true;
    time.saw(image.nowMs(), false);
    setLastAppliedTermIndex(found.place());
  }

  /** Goes on from the snapshot that was installed. */
  @Override
  public void reinitialize() throws IOException {
    applying.lock();
    try {
      goOnFromInstalled();
    } catch (IOException | RuntimeException fault) {
      // Ratis would end the log, and say nothing.
      if (!closing) {
        onFault.accept(
            fault instanceof DataFolderException ? new StartFailedException(fault) : fault);
      }
      throw fault;
    } finally {
      applying.unlock();
    }
  }

  private void goOnFromInstalled() throws IOException {
    getLifeCycle()
        .startAndTransition(
            () -> {
              SnapshotFiles.Found found =
                  SnapshotFiles.newest(Objects.requireNonNull(installed), options.remedy());
              if (found == null) {
                throw new IOException("a snapshot was installed and is not there");
              }
              storage.loadLatestSnapshot();
              rules.goOnFrom(found.snapshot().windows());
              replica.run(
                  () -> {
                    goOnFrom(found);
                    listener.replaced();
                    giveUpWhatIsIn();
                  });
              folder.saw(found.place().getIndex());
            },
            IOException.class);
  }

  /** The own batch took effect where nobody here could see how. */
  private void giveUpWhatIsIn() {
    Flight flight = inFlight.get();
    if (flight != null
        && !flight.reads()
        && producers.has(flight.record().producer(), flight.batch().id())
        && inFlight.compareAndSet(flight, null)) {
      listener.failed(flight.batch(), false);
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  /** Only the leader is asked: its clock counts. */
  @Override
  public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
    rules.admit(request.getMessage().getContent());
    if (time.standsStill()
        && LogRecord.of(request.getMessage().getContent().toByteArray()).beginsTerm()) {
      time.begin();
    }
    ByteString stamp = UnsafeByteOperations.unsafeWrap(Stamped.time(time.stamp()));
    return TransactionContext.newBuilder()
        .setStateMachine(this)
        .setClientRequest(request)
        .setLogData(stamp.concat(request.getMessage().getContent()))
        .build();
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry());
    applying.lock();
    try {
      if (!closing) {
        apply(entry.getStateMachineLogEntry().getLogData());
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
      ready.completeExceptionally(fault);
      onFault.accept(fault);
      throw new IllegalStateException("entry " + entry.getIndex() + " cannot be applied", fault);
    } finally {
      applying.unlock();
    }
  }

  private void apply(ByteString entry) throws IOException {
    snapshots.grew(entry.size(), 0);
    long timeMs =
        Stamped.timeOf(
            entry.substring(0, Math.min(entry.size(), Stamped.TIME_BYTES)).asReadOnlyByteBuffer());
    ByteString bytes = entry.substring(Stamped.TIME_BYTES);
    Flight mine = inFlight.get();
    Flight own = mine != null && mine.is(bytes) ? mine : null;
    // What was written a moment ago need not be read again.
    LogRecord record = own == null ? LogRecord.of(bytes.toByteArray()) : own.record();
    time.saw(timeMs, own != null);
    switch (record) {
      case LogRecord.OfSettings(var settings) -> {
        replica.run(() -> replica.use(settings));
        hasSettings = true;
      }
      case LogRecord.OfRules mark -> rules.saw(mark);
      case LogRecord.OfCheck vote ->
          comparing.compare(vote, getServer().join().getDivision(getGroupId()));
      case LogRecord.OfBatch made -> {
        Log.Batch batch = made.at(timeMs).batch();
        if (producers.isNew(made.producer(), batch.id())) {
          boolean stillMine = own != null && inFlight.compareAndSet(own, null);
          long firstIndex = lastIndex + 1;
          lastIndex += batch.commands().size();
          snapshots.grew(0, batch.commands().size());
          affinity.applied(batch.commands().size(), own != null);
          if (own == null) {
            PromptGrpc.announce(getServer().join());
          }
          replica.run(
              () -> {
                listener.committed(firstIndex, batch, stillMine);
                comparing.applied(firstIndex - 1, lastIndex);
              });
          if (own != null && inFlight.get() == null) {
            // Otherwise the next batch is on its way already, and tells them.
            PromptGrpc.announce(getServer().join());
          }
        }
      }
    }
  }

  private void takeSnapshotIfDue(LogEntryProto entry) {
    // A snapshot says that all that comes after it is applied by its program's rules.
    if (snapshots.due() && rules.isOwn()) {
      long beganNs = System.nanoTime();
      Snapshot copy = snapshot();
      Snapshots.Stop stop = new Snapshots.Stop(entry, System.nanoTime() - beganNs);
      snapshots.write(copy, stop, getServer().join());
    }
  }

  /**
   * All that the log has made, between two entries. Waits for the machine's thread, so it may be
   * called on any other.
   */
  Snapshot snapshot() {
    applying.lock();
    try {
      AtomicReference<@Nullable Snapshot> made = new AtomicReference<>();
      replica.run(
          () -> made.set(new Snapshot(replica.image(), producers.image(), comparing.image())));
      return Objects.requireNonNull(made.get());
    } finally {
      applying.unlock();
    }
  }

  @Override
  public long takeSnapshot() {
    return snapshots.take();
  }

  @Override
  public void notifyLeaderReady() {
    time.lead();
    ready.complete(null);
    owner.led(true);
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
    if (!self.getPeerId().equals(leader)) {
      time.follow();
      owner.led(false);
    }
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    owner.regrouped();
  }

  /**
   * The log ended without being asked to: a vote could not be written down, or the others say that
   * this server is none of them. Ratis tells neither that nor which.
   */
  void ended() {
    if (!closing) {
      closing = true;
      Exception why = new LeftGroupException(options.node());
      try {
        folder.probe();
      } catch (IOException e) {
        why = e;
      }
      ready.completeExceptionally(why);
      onFault.accept(why);
    }
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
