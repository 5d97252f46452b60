package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;
import org.jspecify.annotations.Nullable;

/**
 * As an upgrade does it: one server after the other is asked to end, and started when the clients
 * were served without it; the next one's turn is when all are there again.
 */
public final class RollingRestart implements Fault {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So many acknowledgements come while one server is away. */
  private static final int SERVED_MEANWHILE = 50;

  private final ThreeServers servers;
  private final @Nullable Path build;
  private @Nullable Load load;
  private int next;

  /** Restarts {@code servers}. */
  public RollingRestart(ThreeServers servers) {
    this(servers, null);
  }

  /** The same, onto another build. */
  RollingRestart(ThreeServers servers, @Nullable Path build) {
    this.servers = servers;
    this.build = build;
  }

  @Override
  public void begin(Load begun) {
    load = begun;
  }

  @Override
  public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
    String node = ThreeServers.NODES.get(next++ % 3);
    ServerProcess server = servers.server(node);
    int code = server.terminate();
    if (code != 0) {
      throw new IOException("asked to end, it ended with " + code + "; it said " + server.said());
    }
    TimeUnit.MILLISECONDS.sleep(downMs);
    try {
      Objects.requireNonNull(load).progress().awaitMore(SERVED_MEANWHILE, PATIENCE);
    } catch (TimeoutException e) {
      throw new IOException("two servers serve nobody while the third is away", e);
    }
    if (build != null) {
      servers.rebuild(node, build);
    }
    servers.server(node).start();
    servers.awaitAll();
  }
}
