package mutirao.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.server.Chance;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.words.TaskIds;
import mutirao.server.story.wire.ManualClock;
import mutirao.server.story.wire.TcpClient;
import org.jspecify.annotations.Nullable;

/** A server on a free port with an admin, ana, and whoever else the test wants. */
public final class SafeServer implements AutoCloseable {
  /** Ana's. */
  public static final String PASSWORD = "obras-2026";

  /** Nobody is asked for signs of life, however far the clock is moved. */
  public static final ServerConfig CONFIG =
      ServerConfig.DEFAULT.withAddress("127.0.0.1", 0).withTimes(86_400_000, 10_000);

  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final Pattern TASK = Pattern.compile("\"task\":\"([^\"]+)\"");

  private final ManualClock clock = new ManualClock();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final Map<String, String> tokens = new TreeMap<>();
  private final Map<String, String> tokenIds = new TreeMap<>();
  private final Server server;
  private final TcpClient admin;

  public SafeServer() throws InterruptedException {
    this(CONFIG);
  }

  public SafeServer(ServerConfig config) throws InterruptedException {
    server = Server.start(config, clock, Chance.secure(), fault::set);
    assertTrue(server.makeFirstAdmin("ana", PASSWORD).join());
    admin = connect();
    admin.say(
        "{\"type\":\"register\",\"name\":\"ana\",\"username\":\"ana\",\"password\":\""
            + PASSWORD
            + "\",\"presence\":false}");
    expect(admin, "registered");
  }

  /** A stranger. */
  public TcpClient connect() {
    return TcpClient.connect(server.address());
  }

  /** A stranger at another of this machine's addresses. */
  public TcpClient connectFrom(String address) {
    return TcpClient.connect(server.address(), InetAddress.ofLiteral(address));
  }

  /** A new user with a token. */
  public SafeServer with(String user, String role) {
    ask(
        "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\""
            + user
            + "\",\"account_role\":\""
            + role
            + "\"}");
    String made = ask("{\"type\":\"account\",\"action\":\"add_token\",\"user\":\"" + user + "\"}");
    tokens.put(user, found(SECRET, made));
    tokenIds.put(user, found(TOKEN, made));
    return this;
  }

  /** Gives a user a password. */
  public void password(String user, String password) {
    ask(
        "{\"type\":\"account\",\"action\":\"set_password\",\"user\":\""
            + user
            + "\",\"password\":\""
            + password
            + "\"}");
  }

  public String token(String user) {
    return String.valueOf(tokens.get(user));
  }

  /** What the user's token is called by. */
  public String tokenId(String user) {
    return String.valueOf(tokenIds.get(user));
  }

  /** A user, connected under the user's own name. */
  public TcpClient as(String user) {
    return as(user, user, "");
  }

  /** A user who offers the operation x. */
  public TcpClient worker(String user) {
    return as(user, user, ",\"role\":\"worker\",\"operations\":[\"x\"]");
  }

  /** A user, connected under some name. */
  public TcpClient as(String user, String name, String more) {
    TcpClient client = connect();
    client.say(
        "{\"type\":\"register\",\"name\":\""
            + name
            + "\",\"token\":\""
            + token(user)
            + "\",\"presence\":false"
            + more
            + "}");
    expect(client, "registered");
    return client;
  }

  /** What the admin is answered with a frame of accounts. */
  public String ask(String frame) {
    admin.say(frame);
    return expect(admin, "accounts");
  }

  /** The records, as they go over the wire. */
  public String audit() {
    return ask("{\"type\":\"account\",\"action\":\"audit\"}");
  }

  /** How many entries the log has after one more, which this adds. */
  public long position() {
    admin.say("{\"type\":\"submit\",\"operation\":\"nobody.has.this\"}");
    return TaskIds.decode(found(TASK, expect(admin, "accepted")));
  }

  /** Lets time pass, and waits until the server has seen it. */
  public void pass(long ms) {
    clock.advance(ms);
    server.wakeUp();
    server.connectionCount();
    assertHealthy();
  }

  /** The admin is still answered. */
  public void assertHealthy() {
    admin.say("{\"type\":\"status\"}");
    expect(admin, "client_list");
    assertEquals(null, fault.get(), "a fault of the server's own");
  }

  /** The next frame of this type that a client hears. */
  public static String expect(TcpClient client, String type) {
    String heard = client.nextWith("\"type\":\"" + type + "\"");
    assertTrue(heard.startsWith("{\"type\":\"" + type + "\""), heard);
    return heard;
  }

  /** The task of an answer. */
  public static String task(String frame) {
    return found(TASK, frame);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), text);
    return matcher.group(1);
  }

  @Override
  public void close() {
    admin.close();
    server.close();
    assertEquals(null, fault.get(), "a fault of the server's own");
  }
}
