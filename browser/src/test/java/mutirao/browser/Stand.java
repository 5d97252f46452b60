package mutirao.browser;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.web.Stage;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;

/** A server with its page, and who is connected to it; closed in reverse. */
final class Stand implements AutoCloseable {
  /** What the page's killing buttons asked for. */
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Server server;
  private final WebEdge web;

  Stand(Path folder) throws InterruptedException, IOException {
    this(folder, null);
  }

  /** One with operations of its admin for browsers that work. */
  Stand(Path folder, @Nullable Path operations) throws InterruptedException, IOException {
    ServerConfig config =
        ServerConfig.DEFAULT
            .withAddress("127.0.0.1", 0)
            .withStorage(new Storage(folder, Storage.Sync.NONE));
    server = Server.start(config);
    open.push(server);
    web =
        WebEdge.start(
            server.inside(),
            new WebConfig(
                "127.0.0.1",
                0,
                server.address().getPort(),
                new WebConfig.Join(true, operations),
                new AskedStage()));
    open.push(web);
  }

  /** Where the page begins. */
  String address() {
    InetSocketAddress address = web.address();
    return "http://127.0.0.1:" + address.getPort();
  }

  ClientOptions.Builder options(String name) {
    return ClientOptions.to("127.0.0.1:" + server.address().getPort()).name(name);
  }

  MutiraoClient client(String name) {
    return client(options(name));
  }

  MutiraoClient client(ClientOptions.Builder options) {
    return keep(MutiraoClient.connect(options.build()));
  }

  /** A worker with the stock operations. */
  MutiraoWorker worker(String name) {
    return keep(MutiraoWorker.of(options(name).build()).builtInOperations().slots(2).start());
  }

  MutiraoWorker worker(String name, Map<String, Operation> operations) {
    return keep(MutiraoWorker.of(options(name).build()).operations(operations).start());
  }

  private <T extends AutoCloseable> T keep(T thing) {
    open.push(thing);
    return thing;
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** Servers that are only asked to die. */
  private final class AskedStage implements Stage {
    @Override
    public Set<String> nodes() {
      return Set.of("node-1");
    }

    @Override
    public void kill(String node) {
      asked.add("kill " + node);
    }

    @Override
    public void start(String node) {
      asked.add("start " + node);
    }
  }
}
