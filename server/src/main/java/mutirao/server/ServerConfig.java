package mutirao.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import mutirao.core.Settings;
import mutirao.protocol.Limits;
import mutirao.server.access.AccessChoice;
import mutirao.server.tls.EdgeChoice;
import mutirao.server.tls.TlsChoice;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can choose, checked once.
 *
 * @param bind address to listen on
 * @param port TCP port, 0 picks a free one
 * @param node this server's name
 * @param maxFrameBytes longest frame accepted, without its newline
 * @param maxUnsentBytes what a peer may leave unread before it is a slow consumer
 * @param maxOwedBytes what all peers together may leave unread before the slowest have to go
 * @param maxConnections connections at once, registered or not
 * @param heartbeatMs how often a peer should be heard
 * @param registrationTimeoutMs how long a connection may stay nobody
 * @param maxSubmitsASecond tasks a second that one user may hand in
 * @param settings what the machine is given
 * @param storage where the log is kept; null: in memory, and gone with the process
 * @param access who has to say who they are
 * @param edge what strangers meet before anybody knows them
 */
public record ServerConfig(
    String bind,
    int port,
    String node,
    int maxFrameBytes,
    int maxUnsentBytes,
    long maxOwedBytes,
    int maxConnections,
    long heartbeatMs,
    long registrationTimeoutMs,
    int maxSubmitsASecond,
    Settings settings,
    @Nullable Storage storage,
    AccessChoice access,
    EdgeChoice edge) {

  /** A server for this machine alone, on the default port, in memory. */
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          "127.0.0.1",
          Limits.DEFAULT_PORT,
          "node-1",
          Limits.MAX_FRAME_BYTES,
          8 * 1024 * 1024,
          Capacity.owedBytes(Runtime.getRuntime().maxMemory()),
          20_000,
          15_000,
          10_000,
          5000,
          Capacity.settings(Runtime.getRuntime().maxMemory()),
          null,
          AccessChoice.LOGIN_ONCE_USERS,
          EdgeChoice.DEFAULT);

  private static final int SMALLEST_FRAME_BYTES = 1024;
  private static final int LARGEST_FRAME_BYTES = 64 * 1024 * 1024;
  private static final int LARGEST_PORT = 65_535;

  public ServerConfig {
    require(!bind.isBlank(), "bind must name an address");
    require(port >= 0 && port <= LARGEST_PORT, "port must be between 0 and 65535");
    require(!node.isBlank(), "node must have a name");
    require(
        maxFrameBytes >= SMALLEST_FRAME_BYTES && maxFrameBytes <= LARGEST_FRAME_BYTES,
        "max-frame must be between 1 KiB and 64 MiB");
    require(maxUnsentBytes >= maxFrameBytes, "max-unsent must hold at least one frame");
    require(maxOwedBytes >= maxUnsentBytes, "max-owed must hold what one peer may be owed");
    require(maxConnections >= 1, "max-connections must be at least 1");
    require(heartbeatMs >= 1, "heartbeat must be at least 1 ms");
    require(registrationTimeoutMs >= 1, "registration-timeout must be at least 1 ms");
    require(maxSubmitsASecond >= 1, "max-submits must be at least 1");
    TlsChoice tls = edge.tls();
    boolean grouped = storage != null && storage.cluster() != null;
    require(
        tls == null || !grouped || tls.authorities() != null,
        "a group with tls-cert needs tls-ca, by which its servers know one another");
  }

  /** The same with another address and port. */
  public ServerConfig withAddress(String newBind, int newPort) {
    return changed(
        copy -> {
          copy.bind = newBind;
          copy.port = newPort;
        });
  }

  /** The same with other wire bounds. */
  public ServerConfig withBounds(int newMaxFrame, int newMaxUnsent, int newMaxConnections) {
    return changed(
        copy -> {
          copy.maxFrameBytes = newMaxFrame;
          copy.maxUnsentBytes = newMaxUnsent;
          copy.maxConnections = newMaxConnections;
        });
  }

  /** The same with other patience. */
  public ServerConfig withTimes(long newHeartbeatMs, long newRegistrationTimeoutMs) {
    return changed(
        copy -> {
          copy.heartbeatMs = newHeartbeatMs;
          copy.registrationTimeoutMs = newRegistrationTimeoutMs;
        });
  }

  /** The same with another bound for each user. */
  public ServerConfig withSubmits(int newMaxSubmitsASecond) {
    return changed(copy -> copy.maxSubmitsASecond = newMaxSubmitsASecond);
  }

  /** The same with another machine. */
  public ServerConfig withSettings(Settings newSettings) {
    return changed(copy -> copy.settings = newSettings);
  }

  /** The same under another name. */
  public ServerConfig withNode(String newNode) {
    return changed(copy -> copy.node = newNode);
  }

  /** The same with its log on disk. */
  public ServerConfig withStorage(Storage newStorage) {
    return changed(copy -> copy.storage = newStorage);
  }

  /** The same for others. */
  public ServerConfig withAccess(AccessChoice newAccess) {
    return changed(copy -> copy.access = newAccess);
  }

  /** The same with other rules for strangers. */
  public ServerConfig withEdge(EdgeChoice newEdge) {
    return changed(copy -> copy.edge = newEdge);
  }

  /** Whether only this machine reaches an address; one that cannot be looked up is not such. */
  public static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private ServerConfig changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.checked();
  }

  /** All of it while some of it changes: the one place that names every field. */
  private static final class Copy {
    private String bind;
    private int port;
    private String node;
    private int maxFrameBytes;
    private int maxUnsentBytes;
    private long maxOwedBytes;
    private int maxConnections;
    private long heartbeatMs;
    private long registrationTimeoutMs;
    private int maxSubmitsASecond;
    private Settings settings;
    private @Nullable Storage storage;
    private AccessChoice access;
    private EdgeChoice edge;

    Copy(ServerConfig from) {
      this.bind = from.bind;
      this.port = from.port;
      this.node = from.node;
      this.maxFrameBytes = from.maxFrameBytes;
      this.maxUnsentBytes = from.maxUnsentBytes;
      this.maxOwedBytes = from.maxOwedBytes;
      this.maxConnections = from.maxConnections;
      this.heartbeatMs = from.heartbeatMs;
      this.registrationTimeoutMs = from.registrationTimeoutMs;
      this.maxSubmitsASecond = from.maxSubmitsASecond;
      this.settings = from.settings;
      this.storage = from.storage;
      this.access = from.access;
      this.edge = from.edge;
    }

    ServerConfig checked() {
      return new ServerConfig(
          bind,
          port,
          node,
          maxFrameBytes,
          maxUnsentBytes,
          maxOwedBytes,
          maxConnections,
          heartbeatMs,
          registrationTimeoutMs,
          maxSubmitsASecond,
          settings,
          storage,
          access,
          edge);
    }
  }

  /** How long a frame may take to arrive. */
  public long frameTimeoutMs() {
    return edge.frameTimeoutMs();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
