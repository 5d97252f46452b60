package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.protocol.ServerView;
import org.jspecify.annotations.Nullable;

/** Three servers that have one log. */
public final class ThreeServers implements AutoCloseable {
  /** Their names. */
  public static final List<String> NODES = List.of("n1", "n2", "n3");

  private static final long LEADER_WITHIN_SECONDS = 60;
  private static final int PORT_OF_SERVERS = 7000;
  private static final long ASK_EVERY_MS = 100;

  private static final long HEARD_MS = 1000;
  private static final long BEHIND = 100;

  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final Path folder;
  private final Ground ground;
  private final Random random;
  private final UnaryOperator<ClientOptions.Builder> login;
  private String cluster = "";

  private ThreeServers(
      Path folder, Ground ground, long seed, UnaryOperator<ClientOptions.Builder> login) {
    this.folder = folder;
    this.ground = ground;
    this.random = new Random(seed);
    this.login = login;
  }

  /** Starts them, with folders of their own in {@code folder}, and waits until one leads. */
  public static ThreeServers start(Path folder, long seed)
      throws IOException, InterruptedException {
    return start(Ground.plain(), folder, seed);
  }

  /** The same on other ground. */
  public static ThreeServers start(Ground ground, Path folder, long seed)
      throws IOException, InterruptedException {
    ThreeServers three = new ThreeServers(folder, ground, seed, options -> options);
    three.begin(UnaryOperator.identity());
    return three;
  }

  /** The same with an admin, so that everybody has to log in. */
  static ThreeServers startWithUsers(Path folder, long seed)
      throws IOException, InterruptedException {
    ThreeServers three = new ThreeServers(folder, Ground.plain(), seed, Users::asAdmin);
    three.begin(Users::withPassword, "--admin", Users.ADMIN);
    return three;
  }

  private void begin(UnaryOperator<List<String>> change, String... more)
      throws IOException, InterruptedException {
    cluster = cluster();
    for (String node : NODES) {
      ports.put(node, Servers.freePort());
      servers.put(node, member(node, cluster, change, more));
    }
    try {
      startTogether(NODES);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private String cluster() {
    return String.join(",", NODES.stream().map(node -> node + "=" + inGroupAtFirst(node)).toList());
  }

  private String inGroupAtFirst(String node) {
    return ground.hosts() == null
        ? "127.0.0.1:" + Servers.freePort()
        : ground.hosts().address(node) + ":" + PORT_OF_SERVERS;
  }

  private ServerProcess member(
      String node, String members, UnaryOperator<List<String>> change, String... more)
      throws IOException {
    List<String> options = new ArrayList<>(List.of(ground.optionsOf(node)));
    options.addAll(List.of(more));
    return Servers.member(
        folder,
        node,
        portOf(node),
        members,
        command -> ground.under(node, change.apply(command)),
        data(node),
        options.toArray(String[]::new));
  }

  /**
   * From its next start on that server is of another build.
   *
   * @param classes go before those of this class path; null: this build
   */
  void rebuild(String node, @Nullable Path classes) throws IOException {
    servers.put(node, member(node, cluster, command -> Servers.ofBuild(classes, command)));
  }

  private int portOf(String node) {
    return Objects.requireNonNull(ports.get(node), "has no port yet");
  }

  /** Starts those, at once, and waits until somebody leads. */
  void startTogether(List<String> nodes) throws IOException, InterruptedException {
    List<FutureTask<String>> starts = new ArrayList<>();
    for (String node : nodes) {
      FutureTask<String> start = new FutureTask<>(server(node)::start);
      starts.add(start);
      Thread.ofVirtual().name("start-" + node).start(start);
    }
    for (FutureTask<String> start : starts) {
      try {
        start.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
    leader();
  }

  /** Where all of them are, as a client is told. */
  public String addresses() {
    return String.join(",", servers.values().stream().map(ServerProcess::address).toList());
  }

  /** One of them, for whoever wants one. */
  public ServerProcess any() {
    return servers.values().iterator().next();
  }

  /** The one that leads. */
  public ServerProcess leader() throws IOException, InterruptedException {
    return server(leading());
  }

  /** The name of the one that leads, once somebody does. */
  String leading() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_WITHIN_SECONDS);
    while (true) {
      try (MutiraoClient client = client()) {
        String leader = client.cluster().await().leader();
        if (leader != null && servers.containsKey(leader)) {
          return leader;
        }
      } catch (MutiraoException e) {
        if (System.nanoTime() - endNs > 0) {
          throw new IOException("no server leads", e);
        }
      }
      if (System.nanoTime() - endNs > 0) {
        throw new IOException("no server leads");
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
    }
  }

  /** The names of the others. */
  static List<String> othersThan(String node) {
    return NODES.stream().filter(other -> !other.equals(node)).toList();
  }

  /** The name of some server that follows. */
  String following() throws IOException, InterruptedException {
    List<String> others = othersThan(leading());
    return others.get(random.nextInt(others.size()));
  }

  /** The server of that name. */
  ServerProcess server(String node) {
    return Objects.requireNonNull(servers.get(node));
  }

  /** Where that server keeps everything; where it has a disk of its own, as it sees that. */
  Path data(String node) {
    return ground.data(folder, node);
  }

  /** What they stand on. */
  Ground ground() {
    return ground;
  }

  /** An operator takes a server out of the group. */
  void remove(String node) throws IOException, InterruptedException {
    leading();
    try (MutiraoClient client = client()) {
      client.removeServer(node).await();
    }
  }

  /**
   * An operator starts a server with {@code --join}, as it was otherwise, from here on.
   *
   * @param address where others of the group reach it
   * @throws IOException where it ends instead
   */
  void join(String node, String address) throws IOException, InterruptedException {
    ServerProcess joining =
        member(
            node,
            node + "=" + address,
            UnaryOperator.identity(),
            "--join",
            String.join(",", othersThan(node).stream().map(this::addressOf).toList()));
    joining.start();
    servers.put(node, joining);
  }

  private String addressOf(String node) {
    return server(node).address();
  }

  /** Where the others of the group reach that server. */
  String inGroup(String node) throws IOException, InterruptedException {
    return view().stream()
        .filter(member -> member.node().equals(node))
        .map(member -> Objects.requireNonNull(member.address()))
        .findFirst()
        .orElseThrow();
  }

  /** The names of those that are in the group now. */
  List<String> members() throws IOException, InterruptedException {
    return view().stream().map(ServerView::node).toList();
  }

  private List<ServerView> view() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_WITHIN_SECONDS);
    while (true) {
      leading();
      try (MutiraoClient client = client()) {
        return client.cluster().await().servers();
      } catch (MutiraoException e) {
        // It may die between the question and the answer.
        if (System.nanoTime() - endNs > 0) {
          throw new IOException("nobody tells who is in the group", e);
        }
      }
    }
  }

  /** Waits until all are heard and have what the leader has, but for what is under way. */
  public void awaitAll() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_WITHIN_SECONDS);
    while (System.nanoTime() < endNs) {
      try (MutiraoClient client = client()) {
        List<ServerView> members = client.cluster().await().servers();
        long most = members.stream().mapToLong(ServerView::committed).max().orElse(0);
        if (members.stream().allMatch(member -> isThere(member, most))) {
          return;
        }
      } catch (MutiraoException e) {
        // Nobody leads, or nobody listens; somebody will.
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
    }
    throw new IOException("not all servers are back");
  }

  private static boolean isThere(ServerView member, long most) {
    Long silentMs = member.silentMs();
    return silentMs != null && silentMs < HEARD_MS && most - member.committed() < BEHIND;
  }

  /** An operator lets another one lead. */
  public void handOver() throws IOException, InterruptedException {
    String leading = leading();
    String next = NODES.get((NODES.indexOf(leading) + 1) % NODES.size());
    try (MutiraoClient client = client()) {
      client.transferLeadership(next).await();
    }
  }

  private MutiraoClient client() {
    return MutiraoClient.connect(
        login.apply(ClientOptions.to(addresses()).presence(false)).build());
  }

  /** {@code fault} strikes whoever leads then. */
  public Fault ofLeader(Fault fault) {
    return on(fault, this::leading);
  }

  /** {@code fault} strikes somebody who follows then. */
  public Fault ofFollower(Fault fault) {
    return on(fault, this::following);
  }

  /** {@code fault} strikes whoever leads, then somebody who follows, and so on. */
  public Fault inTurn(Fault fault) {
    AtomicInteger turn = new AtomicInteger();
    return on(fault, () -> turn.getAndIncrement() % 2 == 0 ? leading() : following());
  }

  /** Finds the server that is struck. */
  private interface Victim {
    String name() throws IOException, InterruptedException;
  }

  private Fault on(Fault fault, Victim victim) {
    return new Fault() {
      @Override
      public void begin(Load load) {
        fault.begin(load);
      }

      @Override
      public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
        fault.strike(server(victim.name()), downMs);
      }

      @Override
      public void heal(Load load) throws IOException, InterruptedException {
        fault.heal(load);
      }
    };
  }

  /** The name of one of them. */
  String name(ServerProcess server) {
    return NODES.stream().filter(node -> server(node).equals(server)).findFirst().orElseThrow();
  }

  /** All are killed at once, and started again. */
  public Fault crashOfAll() {
    return (_, downMs) -> {
      for (ServerProcess server : servers.values()) {
        server.kill();
      }
      TimeUnit.MILLISECONDS.sleep(downMs);
      startTogether(NODES);
    };
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
