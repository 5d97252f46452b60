package mutirao.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import mutirao.core.Command;
import mutirao.core.Machine;
import mutirao.core.Reply;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.log.Log;
import mutirao.core.log.MemoryLog;
import mutirao.protocol.Limits;
import mutirao.protocol.Names;
import mutirao.raft.RatisLog;
import mutirao.raft.RatisOptions;
import mutirao.raft.StartFailedException;
import mutirao.raft.group.Member;
import mutirao.raft.group.PeerTls;
import mutirao.server.access.Argon2;
import mutirao.server.access.Hashing;
import mutirao.server.archive.ServerArchive;
import mutirao.server.backup.Backups;
import mutirao.server.backup.OpenBackups;
import mutirao.server.cluster.Cluster;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.server.cluster.RatisCluster;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.history.History;
import mutirao.server.local.Inside;
import mutirao.server.tcp.Loop;
import mutirao.server.tcp.TcpEdge;
import mutirao.server.tls.Credentials;
import mutirao.server.tls.TlsChoice;
import mutirao.server.tls.TlsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server: every part made in order, closed in reverse. Thread-safe. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int EXIT_BROKEN = 70;

  /**
   * A batch is closed once it is a mebibyte long; its last frame and all short fields may come on
   * top.
   */
  private static final int BATCH_BYTES_BESIDE_A_FRAME = 7 * 1024 * 1024;

  private final Log log;
  private final @Nullable ServerArchive archive;
  private final Gateway gateway;
  private final Loop loop;
  private final TcpEdge tcp;
  private final Inside inside;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  private Server(
      Log log,
      @Nullable ServerArchive archive,
      Gateway gateway,
      Loop loop,
      TcpEdge tcp,
      Inside inside) {
    this.log = log;
    this.archive = archive;
    this.gateway = gateway;
    this.loop = loop;
    this.tcp = tcp;
    this.inside = inside;
  }

  /**
   * Starts a server with the real clock and real chance. A broken invariant ends the process: going
   * on would spread the damage. So does a disk that takes nothing more.
   *
   * <p>Fails with a {@link java.net.BindException} where the address is not to be had.
   *
   * @throws StorageException where the data folder cannot be used as it is
   * @throws TlsException where the files for TLS cannot
   */
  public static Server start(ServerConfig config) throws InterruptedException {
    return start(
        config,
        Clock.system(),
        Chance.secure(),
        fault -> {
          LOG.error(
              "{}",
              LastWords.about(fault, config.storage()),
              LastWords.speakForThemselves(fault) ? null : fault);
          Runtime.getRuntime().halt(EXIT_BROKEN);
        });
  }

  /** Starts a server with a clock and chance of the caller's, for tests. */
  public static Server start(
      ServerConfig config, Clock clock, Chance chance, Consumer<Throwable> onFault)
      throws InterruptedException {
    Credentials credentials = credentials(config, clock);
    Machine machine = new Machine(config.settings());
    MachineOwner owner = new MachineOwner(machine);
    Log log = log(config, owner, clock, onFault, credentials);
    ServerArchive archive = archive(config.storage(), clock, owner);
    Cluster cluster = cluster(config, log, owner, () -> machine.state().lastIndex());
    Gateway gateway =
        gateway(
            config,
            log,
            machine,
            clock,
            chance,
            archive,
            new Companions(
                history(config, owner, archive),
                cluster,
                backups(config, log, owner, clock),
                Hashing.onOneThread(owner::later)));
    owner.replayed();
    Loop loop = new Loop(gateway, clock, onFault);
    owner.moveTo(loop);
    try {
      // Last, because from here on somebody may connect.
      TcpEdge tcp =
          TcpEdge.listen(
              loop,
              new InetSocketAddress(config.bind(), config.port()),
              config,
              credentials == null ? null : credentials::context);
      Inside inside = new Inside(loop, gateway, config, cluster, credentials);
      return new Server(log, archive, gateway, loop, tcp, inside);
    } catch (InterruptedException | RuntimeException | Error failure) {
      loop.close();
      close(log, archive);
      throw failure;
    }
  }

  private static @Nullable Credentials credentials(ServerConfig config, Clock clock) {
    TlsChoice tls = config.edge().tls();
    try {
      return tls == null ? null : Credentials.load(tls, clock::nowMs);
    } catch (IOException e) {
      throw new TlsException(e);
    }
  }

  private static Log log(
      ServerConfig config,
      MachineOwner owner,
      Clock clock,
      Consumer<Throwable> onFault,
      @Nullable Credentials credentials) {
    Storage storage = config.storage();
    if (storage == null) {
      return new MemoryLog();
    }
    RatisOptions options =
        RatisOptions.of(storage.folder(), config.node(), config.settings())
            .withSync(sync(storage.sync()))
            .withSnapshotBytes(storage.snapshotBytes())
            .withMaxEntryBytes(config.maxFrameBytes() + BATCH_BYTES_BESIDE_A_FRAME);
    ClusterChoice cluster = storage.cluster();
    try {
      return RatisLog.open(
          cluster == null
              ? options
              : options
                  .withGroup(members(cluster), cluster.joins())
                  .withTls(credentials == null ? null : peerTls(credentials)),
          owner,
          onFault,
          clock::nowMs);
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  private static PeerTls peerTls(Credentials credentials) {
    return new PeerTls(credentials.keysForPeers(), credentials.trustInPeers());
  }

  private static List<Member> members(ClusterChoice cluster) {
    return cluster.members().stream().map(ClusterMember::toMember).toList();
  }

  private static Cluster cluster(
      ServerConfig config, Log log, MachineOwner owner, LongSupplier committed) {
    Storage storage = config.storage();
    boolean grouped = storage != null && storage.cluster() != null;
    return grouped && log instanceof RatisLog ratis
        ? new RatisCluster(ratis::membership, owner::later)
        : Cluster.alone(config.node(), committed);
  }

  private static Backups backups(ServerConfig config, Log log, MachineOwner owner, Clock clock) {
    Storage storage = config.storage();
    return storage != null && log instanceof RatisLog ratis
        ? new OpenBackups(
            storage.folder(),
            config.node(),
            config.maxFrameBytes(),
            ratis::writeState,
            clock::nowMs,
            owner::later)
        : Backups.none();
  }

  private static History history(
      ServerConfig config, MachineOwner owner, @Nullable ServerArchive archive) {
    History history = archive == null ? History.NONE : archive;
    Storage storage = config.storage();
    // A server for itself has nobody to compare with.
    return storage == null || storage.cluster() == null ? history : owner.watched(history);
  }

  private static RatisOptions.Sync sync(Storage.Sync sync) {
    return switch (sync) {
      case MAJORITY -> RatisOptions.Sync.MAJORITY;
      case NONE -> RatisOptions.Sync.NONE;
    };
  }

  private static @Nullable ServerArchive archive(
      @Nullable Storage storage, Clock clock, MachineOwner owner) {
    ArchiveChoice choice = storage == null ? null : storage.archive();
    return storage == null || choice == null
        ? null
        : ServerArchive.open(storage.folder(), choice, clock, owner::later);
  }

  private static Gateway gateway(
      ServerConfig config,
      Log log,
      Machine machine,
      Clock clock,
      Chance chance,
      @Nullable ServerArchive archive,
      Companions companions) {
    try {
      Gateway gateway = new Gateway(config, log, machine, clock, chance, companions);
      if (archive != null) {
        archive.orFail();
      }
      return gateway;
    } catch (StartFailedException e) {
      close(log, archive);
      throw new StorageException(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      close(log, archive);
      throw new StorageException(e);
    } catch (RuntimeException | Error e) {
      close(log, archive);
      throw e;
    }
  }

  /** The archive last: nothing takes effect any more that it would have to be told of. */
  private static void close(Log log, @Nullable ServerArchive archive) {
    log.close();
    if (archive != null) {
      archive.close();
    }
  }

  /** Whether this server is in no group yet and waits to be added to one. */
  public boolean waitsToBeAdded() {
    return log instanceof RatisLog ratis && ratis.waitsToBeAdded();
  }

  /** Whether anybody could log in; waits for the loop's turn. */
  public boolean hasUsers() {
    return ask(() -> !gateway.state().accounts().isEmpty());
  }

  /**
   * Makes the first admin; completed when the log has taken it, with false where there are users
   * already. Takes a while on the caller's thread.
   *
   * @throws IllegalArgumentException where no user can be called that, or the password is too short
   */
  public CompletableFuture<Boolean> makeFirstAdmin(String name, String password) {
    String allowed = Names.normalizeUser(name);
    if (allowed == null || !Limits.allowsPassword(password)) {
      throw new IllegalArgumentException("no name of a user, or no password");
    }
    String hash = Argon2.hash(password, Argon2.salt(Chance.secure()));
    CompletableFuture<Boolean> made = new CompletableFuture<>();
    loop.submit(
            () ->
                gateway.makeFirstAdmin(
                    new Command.AddUser(
                        new Author(0, ""), allowed, AccountRole.ADMIN, List.of(), hash),
                    reply -> made.complete(reply instanceof Reply.Done)))
        .syncUninterruptibly();
    return made;
  }

  /** The server for an edge of its own process. */
  public Inside inside() {
    return inside;
  }

  /** Where people connect, with the port that was picked. */
  public InetSocketAddress address() {
    return tcp.address();
  }

  /** Lets the server look at its clock now; for tests whose clock only moves when told. */
  public void wakeUp() {
    loop.wakeUp();
  }

  /** Connections now, registered or not; waits for the loop's turn. */
  public int connectionCount() {
    return ask(gateway::connectionCount);
  }

  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.submit(() -> answer.complete(question.get())).syncUninterruptibly();
    return answer.join();
  }

  /** Waits until the server is closed. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Says goodbye to everybody, then stops. Repeatable. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    log.handOver();
    tcp.close();
    loop.submit(gateway::shutDown).syncUninterruptibly();
    loop.awaitDrained();
    loop.close();
    close(log, archive);
    closed.countDown();
  }
}
