package mutirao.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mutirao.core.log.Log;
import mutirao.raft.RatisMachine.InFlight;
import mutirao.raft.codec.LogRecord;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on disk: Apache Ratis with a group of one. A batch is committed when it is on the disk
 * and has taken effect. {@link #start} brings the machine up to what the folder holds before it
 * returns.
 */
public final class RatisLog implements Log {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);

  /** The first group. Its number is in every folder, so that there can be more one day. */
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(UUID.fromString("6d757469-7261-6f00-8000-000000000001"));

  /** What Ratis adds to the bytes of an entry. */
  private static final int ENTRY_OVERHEAD_BYTES = 1024;

  private static final long RETRY_AFTER_MS = 20;
  private static final long GIVE_UP_AFTER_MS = 5000;
  private static final long LOOK_EVERY_MS = 100;

  private final RatisOptions options;
  private final Replica replica;
  private final Consumer<Throwable> onFault;
  private final DataFolder folder;
  private final long producer = new SecureRandom().nextLong();
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mutirao-log-retry").daemon().factory());

  private volatile @Nullable Running running;
  private volatile boolean closed;
  private boolean started;

  private record Running(RaftServer server, RatisMachine machine, Log.Listener listener) {}

  private RatisLog(
      RatisOptions options, Replica replica, Consumer<Throwable> onFault, DataFolder folder) {
    this.options = options;
    this.replica = replica;
    this.onFault = onFault;
    this.folder = folder;
  }

  /**
   * Takes the folder, and looks whether it is whole.
   *
   * @param onFault told of what the server cannot go on after: an entry that cannot be applied, a
   *     disk that takes nothing more; the process should end then
   * @throws DataFolderException where the folder cannot be used as it is
   */
  public static RatisLog open(RatisOptions options, Replica replica, Consumer<Throwable> onFault)
      throws IOException {
    DataFolder folder = DataFolder.take(options.folder(), options.node());
    try {
      Path group = folder.log().resolve(GROUP.getUuid().toString());
      LogFiles.check(group, folder.seen(), options.maxEntryBytes());
      return new RatisLog(options, replica, onFault, folder);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Brings the machine up to date and begins delivery.
   *
   * @throws StartFailedException where that is not possible
   */
  @Override
  public void start(Listener listener) {
    if (started || closed) {
      throw new IllegalStateException("started already, or closed");
    }
    started = true;
    RatisMachine machine = new RatisMachine(options, replica, listener, folder, onFault);
    try {
      RaftServer server = build(machine);
      running = new Running(server, machine, listener);
      server.start();
      awaitReady(machine, server);
      useSettings(server);
      folder.settle(options.node());
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

  private RaftServer build(RatisMachine machine) throws IOException {
    RaftPeerId id = RaftPeerId.valueOf(options.node());
    RaftPeer peer = RaftPeer.newBuilder().setId(id).build();
    return RaftServer.newBuilder()
        .setServerId(id)
        .setGroup(RaftGroup.valueOf(GROUP, peer))
        .setStateMachine(machine)
        .setProperties(RatisSettings.of(options, folder))
        // FORMAT, the default, fails where there is something already.
        .setOption(RaftStorage.StartupOption.RECOVER)
        .build();
  }

  private static void awaitReady(RatisMachine machine, RaftServer server)
      throws IOException, InterruptedException {
    while (true) {
      try {
        machine.ready().get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        LifeCycle.State state = server.getLifeCycleState();
        if (state.isClosingOrClosed() || state == LifeCycle.State.EXCEPTION) {
          throw new IOException("the log ended while it was started; the reason is in its log", e);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
      }
    }
  }

  /** What the operator chose now counts from here on, at the same place whenever this is read. */
  private void useSettings(RaftServer server) throws IOException, InterruptedException {
    if (folder.fresh() || !options.settings().equals(replica.settings())) {
      byte[] bytes = new LogRecord.OfSettings(options.settings()).toBytes();
      try {
        RaftClientReply reply = submit(server, bytes).get();
        if (!reply.isSuccess()) {
          throw reply.getException();
        }
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  @Override
  public void append(Batch batch) {
    Running now = running;
    if (now == null || closed) {
      throw new IllegalStateException("not started, or closed");
    }
    LogRecord.OfBatch entry = new LogRecord.OfBatch(producer, batch);
    byte[] bytes = entry.toBytes();
    if (bytes.length > options.maxEntryBytes() - ENTRY_OVERHEAD_BYTES) {
      LOG.error("a batch of {} bytes is larger than an entry may be", bytes.length);
      now.listener().failed(batch, true);
      return;
    }
    InFlight flight = new InFlight(entry, bytes);
    if (!now.machine().inFlight().compareAndSet(null, flight)) {
      throw new IllegalStateException("a batch is on its way already");
    }
    attempt(now, flight, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_AFTER_MS));
  }

  // Each attempt tells by itself how it ended; and which flight it is, not what that holds.
  @SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
  private void attempt(Running now, InFlight flight, long giveUpAtNs) {
    submit(now.server(), flight.bytes())
        .whenComplete(
            (reply, failure) -> {
              boolean done = failure == null && reply != null && reply.isSuccess();
              if (!done && !closed && now.machine().inFlight().get() == flight) {
                Throwable why = failure == null && reply != null ? reply.getException() : failure;
                again(now, flight, giveUpAtNs, why);
              }
            });
  }

  /** Tries again, because repeats do no harm; after some seconds nobody can tell any more. */
  @SuppressWarnings("FutureReturnValueIgnored") // The attempt tells how it ended.
  private void again(Running now, InFlight flight, long giveUpAtNs, @Nullable Throwable why) {
    if (System.nanoTime() < giveUpAtNs) {
      retries.schedule(
          () -> attempt(now, flight, giveUpAtNs), RETRY_AFTER_MS, TimeUnit.MILLISECONDS);
      return;
    }
    if (now.machine().inFlight().compareAndSet(flight, null)) {
      LOG.error("nobody knows whether batch {} is in the log", flight.batch().batch().id(), why);
      try {
        replica.run(() -> now.listener().failed(flight.batch().batch(), false));
      } catch (RejectedExecutionException e) {
        LOG.debug("the server is gone already", e);
      }
    }
  }

  /** Puts bytes into the log, whether or not they are there already. */
  CompletableFuture<RaftClientReply> submit(RaftServer server, byte[] bytes) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(GROUP)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(bytes)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      return server.submitClientRequestAsync(request);
    } catch (IOException | CompletionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The server that keeps the log; for tests. */
  RaftServer server() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now.server();
  }

  /** How many snapshots were written since the start; for tests and figures. */
  long snapshotsWritten() {
    Running now = running;
    return now == null ? 0 : now.machine().snapshots().written();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    retries.shutdownNow();
    Running now = running;
    try {
      if (now != null) {
        now.machine().closing();
        now.machine().snapshots().close();
        now.server().close();
      }
      folder.close();
    } catch (IOException e) {
      LOG.warn("the log was not closed in order", e);
    }
  }
}
