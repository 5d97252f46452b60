package mutirao.web.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;

/** A server with its web port, each on a free one, and those who use it. */
public final class Edge implements AutoCloseable {
  /** In memory, for this machine alone. */
  public static final ServerConfig CONFIG = ServerConfig.DEFAULT.withAddress("127.0.0.1", 0);

  /** The first admin where there is one. */
  public static final String ADMIN = "ana";

  /** The admin's password. */
  public static final String PASSWORD = "andaimes-de-2026";

  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final Server server;
  private final WebEdge web;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> users = new ArrayList<>();

  private Edge(ServerConfig config, UnaryOperator<WebConfig> change) {
    try {
      server = Server.start(config, Clock.system(), Chance.secure(), fault::set);
      web =
          WebEdge.start(
              server.inside(),
              change.apply(WebConfig.of("127.0.0.1", 0, server.address().getPort())));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a server in memory, without users. */
  public static Edge open() {
    return of(CONFIG);
  }

  /** Of a server set up like this. */
  public static Edge of(ServerConfig config) {
    return new Edge(config, web -> web);
  }

  /** Of a server in memory whose web port is set up otherwise. */
  public static Edge open(UnaryOperator<WebConfig> change) {
    return new Edge(CONFIG, change);
  }

  /** Of a server in memory with an admin. */
  public static Edge withAdmin() {
    return withAdmin(CONFIG);
  }

  /** Of a server with an admin. */
  public static Edge withAdmin(ServerConfig config) {
    return withAdmin(config, web -> web);
  }

  /** The same with a web port that is set up otherwise. */
  public static Edge withAdmin(ServerConfig config, UnaryOperator<WebConfig> change) {
    Edge edge = new Edge(config, change);
    assertEquals(true, edge.server.makeFirstAdmin(ADMIN, PASSWORD).join());
    return edge;
  }

  /** Somebody who shows nothing. */
  public Http http() {
    return http(client, "http");
  }

  /** Somebody with a client of the test's own. */
  public Http http(HttpClient own, String scheme) {
    return new Http(own, URI.create(scheme + "://127.0.0.1:" + webPort()), Map.of());
  }

  /** Where HTTP is spoken. */
  public int webPort() {
    return web.address().getPort();
  }

  /** The server itself. */
  public Server server() {
    return server;
  }

  /** A worker by TCP. */
  public MutiraoWorker worker(String name, int slots, Map<String, Operation> operations) {
    return worker(options(name), slots, operations);
  }

  /** A worker by TCP that logs in. */
  public MutiraoWorker worker(
      ClientOptions.Builder options, int slots, Map<String, Operation> operations) {
    return kept(MutiraoWorker.of(options.build()).slots(slots).operations(operations).start());
  }

  /** A client by TCP. */
  public MutiraoClient client(ClientOptions.Builder options) {
    return kept(MutiraoClient.connect(options.build()));
  }

  /** Options of somebody by TCP. */
  public ClientOptions.Builder options(String name) {
    return ClientOptions.to("127.0.0.1", server.address().getPort()).name(name);
  }

  /** The admin by TCP, to make users with. */
  public MutiraoClient admin() {
    return client(options(ADMIN + ".admin").login(ADMIN, PASSWORD));
  }

  /** Makes a user, and gives a token of theirs. */
  public String user(MutiraoClient admin, String name, AccountRole role) {
    admin.account(AccountRequest.addUser(name, role, List.of(), null)).await();
    return token(admin, name);
  }

  /** Makes a user with a password. */
  public void user(MutiraoClient admin, String name, AccountRole role, String password) {
    admin.account(AccountRequest.addUser(name, role, List.of(), password)).await();
  }

  /** Another token. */
  public String token(MutiraoClient admin, String name) {
    AccountRequest request = AccountRequest.addToken(name, null, List.of(), null, null);
    return Objects.requireNonNull(admin.account(request).await().secret());
  }

  private <T extends AutoCloseable> T kept(T user) {
    users.add(user);
    return user;
  }

  /** Waits until the server has this many connections, those of HTTP callers among them. */
  public void awaitConnections(int count) {
    Await.until(server::connectionCount, now -> now == count);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable user : users) {
      user.close();
    }
    web.close();
    server.close();
    client.shutdownNow();
    assertEquals(null, fault.get(), "a fault of the server's own");
  }
}
