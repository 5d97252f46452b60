package mutirao.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.terminal.StopSignals;
import mutirao.core.Settings;
import mutirao.server.ArchiveChoice;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.StorageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mutirao server}: the server. */
@Command(name = "server", mixinStandardHelpOptions = true, sortOptions = false)
final class ServerCommand implements Callable<Integer> {
  /** Parsed by scripts, so it is the same in every language. */
  private static final String LISTENING = "listening on ";

  private static final ServerConfig DEFAULT = ServerConfig.DEFAULT;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--bind", paramLabel = "ADDRESS")
  private String bind = DEFAULT.bind();

  @Option(names = "--port", paramLabel = "PORT")
  private int port = DEFAULT.port();

  @Option(names = "--web-port", paramLabel = "PORT")
  private @Nullable Integer webPort;

  @Option(names = "--data", paramLabel = "DIR")
  private @Nullable Path data;

  @Option(names = "--memory")
  private boolean memory;

  @Option(names = "--sync", paramLabel = "WHEN", converter = Converters.OfSync.class)
  private Storage.Sync sync = Storage.Sync.MAJORITY;

  @Option(names = "--snapshot-every", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long snapshotBytes = Storage.DEFAULT_SNAPSHOT_BYTES;

  @Option(names = "--no-archive")
  private boolean noArchive;

  @Option(names = "--archive-age", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration archiveAge = Duration.ofMillis(ArchiveChoice.DEFAULT.maxAgeMs());

  @Option(names = "--archive-size", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long archiveBytes = ArchiveChoice.DEFAULT.maxBytes();

  @Option(names = "--node", paramLabel = "NAME")
  private String node = DEFAULT.node();

  @Option(names = "--max-connections", paramLabel = "N")
  private int maxConnections = DEFAULT.maxConnections();

  @Option(names = "--max-tasks", paramLabel = "N")
  private int maxTasks = DEFAULT.settings().maxTasks();

  @Option(names = "--max-payload", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long maxPayloadBytes = DEFAULT.settings().maxPayloadBytes();

  @Option(names = "--max-frame", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long maxFrameBytes = DEFAULT.maxFrameBytes();

  @Option(names = "--max-unsent", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long maxUnsentBytes = DEFAULT.maxUnsentBytes();

  @Option(names = "--max-owed", paramLabel = "SIZE", converter = Converters.OfBytes.class)
  private long maxOwedBytes = DEFAULT.maxOwedBytes();

  @Option(names = "--heartbeat", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration heartbeat = Duration.ofMillis(DEFAULT.heartbeatMs());

  @Option(names = "--resume-window", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration resumeWindow = Duration.ofMillis(DEFAULT.settings().resumeWindowMs());

  @Option(
      names = "--registration-timeout",
      paramLabel = "TIME",
      converter = Converters.OfDuration.class)
  private Duration registrationTimeout = Duration.ofMillis(DEFAULT.registrationTimeoutMs());

  private final Host host;
  private final Output output;

  ServerCommand(Host host) {
    this.host = host;
    this.output = new Output(host);
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = config();
    warn();
    Server server;
    try {
      server = ServerStart.start(config);
    } catch (StorageException e) {
      output.complain("server.data.unusable", String.valueOf(e.getMessage()));
      return Exit.FAILED;
    } catch (IOException e) {
      output.complain(
          "server.address.taken", bind, Integer.toString(port), String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
    try (server;
        StopSignals.Registration _ = host.signals().onStop(() -> stop(server))) {
      output.printRaw(LISTENING + shown(server.address()));
      server.awaitClose();
    }
    return Exit.DONE;
  }

  private void stop(Server server) {
    output.complain("server.stopping");
    server.close();
  }

  private ServerConfig config() {
    if (memory && data != null) {
      throw Errors.wrong(spec, host.texts().get("server.memory.or.data"));
    }
    try {
      return new ServerConfig(
          bind,
          port,
          node,
          toInt(maxFrameBytes),
          toInt(maxUnsentBytes),
          maxOwedBytes,
          maxConnections,
          heartbeat.toMillis(),
          registrationTimeout.toMillis(),
          new Settings(resumeWindow.toMillis(), maxTasks, maxPayloadBytes),
          memory ? null : new Storage(folder(), sync, snapshotBytes, archive()));
    } catch (IllegalArgumentException e) {
      throw Errors.wrong(spec, host.texts().get("server.config", String.valueOf(e.getMessage())));
    }
  }

  private @Nullable ArchiveChoice archive() {
    return noArchive ? null : new ArchiveChoice(archiveAge.toMillis(), archiveBytes);
  }

  private Path folder() {
    return data == null ? host.userData().resolve("server") : data;
  }

  private static int toInt(long bytes) {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private void warn() {
    if (!memory) {
      output.complain("server.data", folder().toString());
    }
    if (webPort != null) {
      output.complain("server.no.web");
    }
    if (!isLoopback()) {
      output.complain("server.open", bind);
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
