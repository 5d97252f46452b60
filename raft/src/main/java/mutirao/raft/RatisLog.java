package mutirao.raft;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mutirao.core.log.Log;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Snapshot;
import mutirao.raft.files.DataFolder;
import mutirao.raft.files.DataFolderException;
import mutirao.raft.files.LogFiles;
import mutirao.raft.group.LogTime;
import mutirao.raft.group.Membership;
import mutirao.raft.group.PeerTls;
import mutirao.raft.group.Place;
import mutirao.raft.version.RulesMark;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on disk: Apache Ratis with a group of one or more. A batch is committed when a majority
 * has it on disk and it has taken effect here. Alone, {@link #start} brings the machine up to what
 * the folder holds before it returns; in a group that waits for a leader, whom the others may still
 * have to elect.
 */
public final class RatisLog implements Log {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);

  private final RatisOptions options;
  private final Replica replica;
  private final Consumer<Throwable> onFault;
  private final DataFolder folder;
  private final LogTime time;
  private final ScheduledExecutorService helper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mutirao-log-helper").daemon().factory());

  private volatile @Nullable Running running;
  private volatile boolean closed;
  private boolean behind;
  private boolean started;

  private record Running(
      RaftServer server,
      RatisMachine machine,
      Log.Listener listener,
      Courier courier,
      Flights flights) {}

  private RatisLog(
      RatisOptions options,
      Replica replica,
      Consumer<Throwable> onFault,
      LongSupplier clock,
      DataFolder folder) {
    this.options = options;
    this.replica = replica;
    this.onFault = onFault;
    this.time = new LogTime(clock);
    this.folder = folder;
  }

  /**
   * Takes the folder, and looks whether it is whole.
   *
   * @param clock epoch milliseconds, never going back
   * @param onFault told of what the server cannot go on after: an entry that cannot be applied, a
   *     disk that takes nothing more; the process should end then
   * @throws DataFolderException where the folder cannot be used as it is
   */
  public static RatisLog open(
      RatisOptions options, Replica replica, Consumer<Throwable> onFault, LongSupplier clock)
      throws IOException {
    DataFolder folder = DataFolder.take(options.folder(), options.node(), options.remedy());
    try {
      // Ratis replaces what it voted by nothing where the disk is full.
      folder.probe();
      UUID group = folder.group();
      if (group != null) {
        LogFiles.check(
            folder.log().resolve(group.toString()),
            folder.seen(),
            options.maxEntryBytes(),
            options.alone(),
            options.remedy());
      }
      return new RatisLog(options, replica, onFault, clock, folder);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Brings the machine up to date, where that takes no others, and begins delivery.
   *
   * @throws StartFailedException where that is not possible
   */
  @Override
  public void start(Listener listener) {
    if (started || closed) {
      throw new IllegalStateException("started already, or closed");
    }
    started = true;
    RatisMachine machine =
        new RatisMachine(options, replica, listener, folder, onFault, time, new Told());
    try {
      Place.check(options.self());
      RaftProperties properties = RatisSettings.of(options, folder);
      Grouping.meet(options, properties, folder);
      RaftServer server = build(machine, properties);
      Courier courier = new Courier(server, options.alone() ? null : properties, options);
      Flights flights = new Flights(options, replica, listener, machine, courier, helper);
      running = new Running(server, machine, listener, courier, flights);
      server.start();
      courier.enter(options, helper, onFault);
      Readiness readiness = new Readiness(server, machine, courier, folder);
      readiness.watch(helper);
      if (options.alone()) {
        readiness.await();
        useSettings(courier, machine.rules());
        settle(courier);
      } else {
        settleInGroup(courier);
        flights.watch();
        machine.comparing().watch(helper, courier);
        machine.affinity().watch(helper, courier::leads, courier::lead);
        courier.watchOthers(helper, machine.rules(), onFault);
        behind = waitsToBeAdded() || !readiness.awaitGroup();
        if (behind) {
          readiness.whenCaughtUp(() -> replica.run(listener::caughtUp));
        }
      }
    } catch (CompletionException e) {
      // Ratis starts its parts on threads of its own.
      throw new StartFailedException(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw new StartFailedException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailedException(e);
    }
  }

  private RaftServer build(RatisMachine machine, RaftProperties properties) throws IOException {
    RaftServer.Builder builder =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(options.node()))
            .setStateMachine(machine)
            .setProperties(properties)
            .setParameters(PeerTls.parameters(options.tls()))
            // FORMAT, the default, fails where there is something already.
            .setOption(RaftStorage.StartupOption.RECOVER);
    if (Grouping.newcomer(options, folder)) {
      return builder.build();
    }
    return builder.setGroup(Grouping.of(options, folder.group())).build();
  }

  /** What the operator chose now counts from here on, at the same place whenever this is read. */
  private void useSettings(Courier courier, RulesMark rules)
      throws IOException, InterruptedException {
    if (!rules.isOwn()) {
      write(courier, rules.record());
    }
    if (folder.fresh() || !options.settings().equals(replica.settings())) {
      write(courier, settings());
    }
  }

  private static void write(Courier courier, ByteString record)
      throws IOException, InterruptedException {
    try {
      Membership.check(courier.write(record).get());
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private ByteString settings() {
    return UnsafeByteOperations.unsafeWrap(new LogRecord.OfSettings(options.settings()).toBytes());
  }

  private void settle(Courier courier) throws IOException {
    UUID id = courier.groupId();
    if (id != null) {
      folder.settle(options.node(), id);
    }
  }

  private void settleInGroup(Courier courier) throws IOException {
    Membership membership = courier.membership();
    if (membership == null) {
      LOG.info("{} waits to be added to a group", options.node());
      return;
    }
    boolean single = membership.peers().size() == 1;
    if (!folder.fresh() && single && options.group().size() > 1) {
      throw new DataFolderException(
          options.folder()
              + " holds the data of a server for itself. Start it with --cluster naming this server"
              + " alone, and let the others join it (--join)");
    }
    settle(courier);
    courier.regrouped();
  }

  /** What Ratis tells; answered on a thread of our own, because Ratis holds locks meanwhile. */
  private final class Told implements RatisMachine.Owner {
    @Override
    public void belongsTo(RaftGroupId group) throws IOException {
      if (!options.alone()) {
        folder.settle(options.node(), group.getUuid());
      }
    }

    @Override
    public void led(boolean here) {
      onHelper(
          now -> {
            if (here) {
              beginToLead(now);
            }
            now.flights().again();
          });
    }

    @Override
    public void regrouped() {
      onHelper(now -> now.courier().regrouped());
    }
  }

  private void onHelper(Consumer<Running> work) {
    try {
      helper.execute(
          () -> {
            try {
              Running now = running;
              if (now != null) {
                work.accept(now);
              }
            } catch (RejectedExecutionException e) {
              LOG.debug("the server is gone already", e);
            } catch (RuntimeException e) {
              LOG.warn("what the log told could not be acted on", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("closed already", e);
    }
  }

  // Where it is not taken, the next leader says the same.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void beginToLead(Running now) {
    if (!options.alone() && !now.machine().hasSettings()) {
      now.courier().write(settings());
    }
    now.courier().correct();
    replica.run(now.listener()::leading);
  }

  @Override
  public void append(Batch batch) {
    Running now = running;
    if (now == null || closed) {
      throw new IllegalStateException("not started, or closed");
    }
    now.flights().begin(batch);
  }

  @Override
  public boolean behind() {
    return behind;
  }

  @Override
  public boolean current() {
    return options.alone();
  }

  @Override
  public boolean leads() {
    Running now = running;
    return options.alone() || (now != null && now.courier().leads());
  }

  @Override
  public long timeMs(long clockMs) {
    return time.at(clockMs);
  }

  @Override
  public @Nullable Set<String> heard() {
    Membership membership = membership();
    try {
      return membership == null ? null : membership.heard(Membership.HEARD_MS);
    } catch (IOException e) {
      LOG.debug("no group to look at", e);
      return null;
    }
  }

  /** The group, to be seen and changed; null where this server is in none (yet). */
  public @Nullable Membership membership() {
    Running now = running;
    return now == null || options.alone() ? null : now.courier().membership();
  }

  /** Whether this server was started to join a group and is in none yet. */
  public boolean waitsToBeAdded() {
    return options.joins() && membership() == null;
  }

  @Override
  public void handOver() {
    Running now = running;
    try {
      if (now != null) {
        now.courier().handOver();
      }
    } catch (IOException e) {
      LOG.info("nobody took over: {}", e.getMessage());
    }
  }

  /**
   * Writes all that the log has made up to now, and goes on meanwhile.
   *
   * @return the index of the last command that is in it
   */
  public long writeState(OutputStream out) throws IOException {
    Running now = running;
    if (now == null || closed) {
      throw new IOException("the server is being started or closed");
    }
    Snapshot snapshot = now.machine().snapshot();
    snapshot.write(out);
    return snapshot.image().lastIndex();
  }

  /** How requests get to the leader; for tests. */
  Courier courier() {
    return Objects.requireNonNull(running, "not started").courier();
  }

  /** How many snapshots were written since the start; for tests and figures. */
  long snapshotsWritten() {
    Running now = running;
    return now == null ? 0 : now.machine().snapshots().written();
  }

  /** How often another server was seen to make the same of the log; for tests and figures. */
  long agreements() {
    Running now = running;
    return now == null ? 0 : now.machine().comparing().agreements();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    helper.shutdownNow();
    Running now = running;
    try {
      if (now != null) {
        now.machine().closing();
        now.machine().snapshots().close();
        now.courier().close();
        now.server().close();
      }
      folder.close();
    } catch (IOException e) {
      LOG.warn("the log was not closed in order", e);
    }
  }
}
