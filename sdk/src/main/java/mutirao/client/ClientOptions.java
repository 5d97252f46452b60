package mutirao.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import mutirao.client.link.ServerAddress;
import mutirao.client.tls.TlsOptions;
import mutirao.protocol.ClientFrame.Credentials;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect and as whom. Immutable; made by {@link #to(String)}.
 *
 * @param servers tried in this order, beginning again with the last one that worked
 * @param name the wanted name; empty lets the server make one, which is then kept
 * @param role null lets the name decide
 * @param credentials token or user name and password
 * @param lang language of the server's messages, {@code en} or {@code pt-BR}
 * @param presence whether to hear who comes and goes; without a listener nobody would
 * @param connectTimeout bound for one server to accept the connection
 * @param registerTimeout bound for one server to answer the registration
 * @param requestTimeout bound for one answer; submits and messages that were never sent within it
 *     fail definitely
 * @param reconnect what to do when the connection breaks
 * @param bounds how much may wait in this client
 * @param listener hears what nobody asked for
 * @param sockets makes sockets
 * @param tls how connections are encrypted; null: they are not
 */
public record ClientOptions(
    List<ServerAddress> servers,
    String name,
    @Nullable Role role,
    Credentials credentials,
    @Nullable String lang,
    boolean presence,
    Duration connectTimeout,
    Duration registerTimeout,
    Duration requestTimeout,
    Reconnect reconnect,
    Bounds bounds,
    ClientListener listener,
    SocketFactory sockets,
    @Nullable TlsOptions tls) {

  /**
   * How to come back. The wait before try <i>n</i> is a random time up to {@code first × 2^(n−1)},
   * at most {@code longest}: many clients that lost one server do not come back in step.
   *
   * @param enabled false: a broken connection is the end
   * @param first bound of the first wait
   * @param longest bound of every wait
   * @param giveUpAfter so long after the break the client gives up; null: never
   */
  public record Reconnect(
      boolean enabled, Duration first, Duration longest, @Nullable Duration giveUpAfter) {
    /** From 100 ms to 5 s, for ever. */
    public static final Reconnect DEFAULT =
        new Reconnect(true, Duration.ofMillis(100), Duration.ofSeconds(5), null);

    /** A broken connection is the end. */
    public static final Reconnect NEVER =
        new Reconnect(false, Duration.ofMillis(100), Duration.ofSeconds(5), null);

    public Reconnect {
      require(first.toMillis() >= 1, "the first wait must be at least 1 ms");
      require(longest.compareTo(first) >= 0, "the longest wait must not be below the first");
    }
  }

  /**
   * How much may wait. At the bound of requests or their bytes a call waits for room while
   * connected, and fails with {@code queue_full} while not.
   *
   * @param requests requests not answered yet
   * @param requestBytes bytes of those requests
   * @param events events waiting for the listener
   */
  public record Bounds(int requests, int requestBytes, int events) {
    /** Enough for 10,000 requests and 16 MiB. */
    public static final Bounds DEFAULT = new Bounds(10_000, 16 * 1024 * 1024, 10_000);

    public Bounds {
      require(requests >= 1, "there must be room for one request");
      require(requestBytes >= 1, "there must be room for one byte of requests");
      require(events >= 1, "there must be room for one event");
    }
  }

  public ClientOptions {
    servers = List.copyOf(servers);
    require(!servers.isEmpty(), "there must be a server to connect to");
    require(connectTimeout.toMillis() >= 1, "the connect timeout must be at least 1 ms");
    require(registerTimeout.toMillis() >= 1, "the register timeout must be at least 1 ms");
    require(requestTimeout.toMillis() >= 1, "the request timeout must be at least 1 ms");
  }

  /**
   * Options for these servers, everything else as usual.
   *
   * @param servers {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}, several divided by
   *     commas; the port is 5050 unless said
   * @throws IllegalArgumentException where that cannot be read
   */
  public static Builder to(String servers) {
    return new Builder(ServerAddress.parseList(servers));
  }

  /** Options for one server. */
  public static Builder to(String host, int port) {
    return new Builder(List.of(new ServerAddress(host, port)));
  }

  /** These options, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder(servers);
    builder.name = name;
    builder.role = role;
    builder.credentials = credentials;
    builder.lang = lang;
    builder.presence = presence;
    builder.connectTimeout = connectTimeout;
    builder.registerTimeout = registerTimeout;
    builder.requestTimeout = requestTimeout;
    builder.reconnect = reconnect;
    builder.bounds = bounds;
    builder.listener = listener;
    builder.sockets = sockets;
    builder.tls = tls;
    return builder;
  }

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "ClientOptions[servers=" + servers + ", name=" + name + ", role=" + role + "]";
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** Makes {@link ClientOptions}. Not thread-safe. */
  public static final class Builder {
    private final List<ServerAddress> servers;
    private String name = "";
    private @Nullable Role role;
    private Credentials credentials = Credentials.NONE;
    private @Nullable String lang;
    private boolean presence = true;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration registerTimeout = Duration.ofSeconds(8);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Reconnect reconnect = Reconnect.DEFAULT;
    private Bounds bounds = Bounds.DEFAULT;
    private ClientListener listener = ClientListener.NONE;
    private SocketFactory sockets = SocketFactory.getDefault();
    private @Nullable TlsOptions tls;

    private Builder(List<ServerAddress> servers) {
      this.servers = servers;
    }

    /** The wanted name; empty or not set lets the server make one. */
    public Builder name(String wanted) {
      name = wanted;
      return this;
    }

    /** The role; not set, the name decides. */
    public Builder role(Role wanted) {
      role = wanted;
      return this;
    }

    /** Proves who one is by a token. */
    public Builder token(String token) {
      credentials = new Credentials(token, null, null);
      return this;
    }

    /** Proves who one is by user name and password. */
    public Builder login(String username, String password) {
      credentials = new Credentials(null, username, password);
      return this;
    }

    /** Language of the server's messages. */
    public Builder lang(String tag) {
      lang = tag;
      return this;
    }

    /** Whether to hear who comes and goes. */
    public Builder presence(boolean wanted) {
      presence = wanted;
      return this;
    }

    /** Bound for one server to accept the connection; 5 s unless set. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = timeout;
      return this;
    }

    /**
     * Bound for one server to answer the registration; 8 s unless set. A server that is not in
     * touch with enough others to confirm anything says so after five.
     */
    public Builder registerTimeout(Duration timeout) {
      registerTimeout = timeout;
      return this;
    }

    /** Bound for one answer; 30 s unless set. */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = timeout;
      return this;
    }

    /** What to do when the connection breaks. */
    public Builder reconnect(Reconnect policy) {
      reconnect = policy;
      return this;
    }

    /** How much may wait. */
    public Builder bounds(Bounds newBounds) {
      bounds = newBounds;
      return this;
    }

    /** Who hears what nobody asked for. */
    public Builder listener(ClientListener newListener) {
      listener = newListener;
      return this;
    }

    /** Makes the sockets. */
    public Builder sockets(SocketFactory factory) {
      sockets = factory;
      return this;
    }

    /** Encrypts connections, and checks who the server is. */
    public Builder tls(TlsOptions wanted) {
      tls = wanted;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public ClientOptions build() {
      return new ClientOptions(
          servers,
          Objects.requireNonNull(name),
          role,
          credentials,
          lang,
          presence,
          connectTimeout,
          registerTimeout,
          requestTimeout,
          reconnect,
          bounds,
          listener,
          sockets,
          tls);
    }
  }
}
