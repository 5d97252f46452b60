package mutirao.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import mutirao.cli.data.Folders;
import mutirao.cli.demo.FreePorts;
import mutirao.cli.terminal.Host;
import mutirao.cli.text.Texts;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.ops.BuiltInOperations;
import mutirao.server.ArchiveChoice;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;

/**
 * Does what people do with this program, so that the JVM can note what that takes: the launcher
 * runs it with {@code -XX:AOTCacheOutput}; from then on the program starts faster, and is compiled
 * for good sooner. That is why a server by itself and a group of three are kept busy for a while.
 */
public final class Rehearsal {
  private static final int TASKS = 10_000;
  private static final int OUTSTANDING = 250;

  /** Each of three servers twice: most of them lead when it is their turn. */
  private static final int LEAVINGS = 6;

  private static final long SNAPSHOT_BYTES = 64 * 1024;
  private static final List<String> PAGES =
      List.of("/", "/api/session", "/api/tasks", "/api/workers", "/metrics", "/health/live");

  private static final String HOST = "127.0.0.1";
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final int SLOTS = 64;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Rehearsal() {}

  /** Runs it, in a folder of its own that is deleted afterwards. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("mutirao-rehearsal");
    try {
      try (Server server = ServerStart.start(config(folder.resolve("alone"), "n1", null));
          WebEdge web = WebEdge.start(server.inside(), WebConfig.of(HOST, 0, 0))) {
        play(address(server));
        browse("http://" + HOST + ":" + web.address().getPort());
      }
      playOnThree(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static ServerConfig config(Path data, String node, @Nullable ClusterChoice cluster) {
    Storage storage =
        new Storage(data, Storage.Sync.MAJORITY, SNAPSHOT_BYTES, ArchiveChoice.DEFAULT, cluster);
    return ServerConfig.DEFAULT.withAddress(HOST, 0).withNode(node).withStorage(storage);
  }

  private static String address(Server server) {
    return HOST + ":" + server.address().getPort();
  }

  private static void play(String address) {
    ClientOptions options = ClientOptions.to(address).build();
    try (MutiraoWorker _ = worker(options);
        MutiraoClient client = MutiraoClient.connect(options)) {
      client.broadcast("hello").await();
      work(client);
      run("server", "--help");
      run("submit", "--server", address, "--expires", "30s", "sum", "10", "20");
      run("chat", "--server", address, "ana");
    }
  }

  /** All in one process: each knows the others' ports before it starts. */
  private static void playOnThree(Path folder) throws Exception {
    List<ClusterMember> members = members();
    ClusterChoice cluster = new ClusterChoice(members, false);
    List<Server> servers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Server>> starts =
          members.stream()
              .map(member -> config(folder.resolve(member.node()), member.node(), cluster))
              .map(config -> threads.submit(() -> ServerStart.start(config)))
              .toList();
      for (Future<Server> start : starts) {
        servers.add(start.get());
      }
      // By a server that leads, and by others that hand on.
      for (Server server : servers) {
        ClientOptions options = ClientOptions.to(address(server)).build();
        try (MutiraoWorker _ = worker(options);
            MutiraoClient client = MutiraoClient.connect(options)) {
          work(client);
        }
      }
      leaveAndReturn(servers, folder, cluster, threads);
    } finally {
      for (Server server : servers) {
        server.close();
      }
    }
  }

  /**
   * Each server goes in its turn and comes back while clients are busy at all of them. What never
   * happened is not compiled, and where it happens then, what is busiest is thrown away and
   * interpreted for a while: in the middle of a change of leaders.
   */
  private static void leaveAndReturn(
      List<Server> servers, Path folder, ClusterChoice cluster, ExecutorService threads)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Future<?>> busy = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      List<String> addresses = new ArrayList<>(servers.stream().map(Rehearsal::address).toList());
      Collections.rotate(addresses, i);
      ClientOptions options = ClientOptions.to(String.join(",", addresses)).build();
      busy.add(threads.submit(() -> workUntil(over, options)));
    }
    try {
      for (int i = 0; i < LEAVINGS; i++) {
        int place = i % servers.size();
        Server leaving = servers.get(place);
        String node = NODES.get(place);
        ServerConfig config = config(folder.resolve(node), node, cluster);
        int port = leaving.address().getPort();
        leaving.close();
        servers.set(place, ServerStart.start(config.withAddress(HOST, port)));
      }
    } finally {
      over.set(true);
    }
    for (Future<?> each : busy) {
      each.get();
    }
  }

  private static void workUntil(AtomicBoolean over, ClientOptions options) {
    try (MutiraoWorker _ = worker(options);
        MutiraoClient client = MutiraoClient.connect(options)) {
      while (!over.get()) {
        try {
          work(client, OUTSTANDING);
        } catch (MutiraoException e) {
          // Refused while nobody led, or its end was never told: on with the next.
        }
      }
    }
  }

  private static List<ClusterMember> members() throws IOException {
    List<Integer> ports = FreePorts.find(NODES.size());
    return IntStream.range(0, NODES.size())
        .mapToObj(i -> new ClusterMember(NODES.get(i), HOST, ports.get(i)))
        .toList();
  }

  private static void work(MutiraoClient client) {
    work(client, TASKS);
  }

  private static void work(MutiraoClient client, int count) {
    TaskRequest request = TaskRequest.of("sum").params(Map.of("numbers", List.of(1, 2))).keep(SOON);
    for (int done = 0; done < count; done += OUTSTANDING) {
      List<TaskHandle> tasks =
          IntStream.range(0, OUTSTANDING).mapToObj(_ -> client.submit(request)).toList();
      tasks.forEach(task -> task.result().await(PATIENCE));
    }
  }

  private static void browse(String page) throws IOException {
    for (String path : PAGES) {
      URI.create(page + path).toURL().openStream().close();
    }
  }

  private static void run(String... arguments) {
    Mutirao.run(Host.ofProcess(new Texts(Locale.ENGLISH)), arguments);
  }

  private static MutiraoWorker worker(ClientOptions options) {
    MutiraoWorker.Builder worker = MutiraoWorker.of(options).slots(SLOTS);
    BuiltInOperations.all().forEach(worker::operation);
    return worker.start();
  }
}
