package mutirao.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import mutirao.cli.data.Folders;
import mutirao.cli.terminal.Host;
import mutirao.cli.text.Texts;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.ops.BuiltInOperations;
import mutirao.server.ArchiveChoice;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;

/**
 * Does once what people do with this program, so that the JVM can note what that takes: the
 * launcher runs it with {@code -XX:AOTCacheOutput} and starts faster from then on.
 */
public final class Rehearsal {
  private static final int TASKS = 200;
  private static final long SNAPSHOT_BYTES = 64 * 1024;
  private static final List<String> PAGES =
      List.of("/", "/api/session", "/api/tasks", "/api/workers", "/metrics", "/health/live");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Rehearsal() {}

  /** Runs it, in a folder of its own that is deleted afterwards. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("mutirao-rehearsal");
    try {
      Storage storage =
          new Storage(
              folder.resolve("data"),
              Storage.Sync.MAJORITY,
              SNAPSHOT_BYTES,
              ArchiveChoice.DEFAULT,
              null);
      ServerConfig config = ServerConfig.DEFAULT.withStorage(storage);
      try (Server server = ServerStart.start(config.withAddress(config.bind(), 0));
          WebEdge web = WebEdge.start(server.inside(), WebConfig.of(config.bind(), 0, 0))) {
        play("127.0.0.1:" + server.address().getPort());
        browse("http://127.0.0.1:" + web.address().getPort());
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private static void play(String address) {
    ClientOptions options = ClientOptions.to(address).build();
    try (MutiraoWorker _ = worker(options);
        MutiraoClient client = MutiraoClient.connect(options)) {
      client.broadcast("hello").await();
      List<TaskHandle> tasks =
          IntStream.range(0, TASKS)
              .mapToObj(
                  i -> client.submit(TaskRequest.of("sum").params(Map.of("numbers", List.of(1)))))
              .toList();
      tasks.forEach(task -> task.result().await(PATIENCE));
      run("server", "--help");
      run("submit", "--server", address, "--expires", "30s", "sum", "10", "20");
      run("chat", "--server", address, "ana");
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
    MutiraoWorker.Builder worker = MutiraoWorker.of(options);
    BuiltInOperations.all().forEach(worker::operation);
    return worker.start();
  }
}
