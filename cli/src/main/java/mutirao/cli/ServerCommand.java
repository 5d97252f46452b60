package mutirao.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import mutirao.cli.account.AccessOptions;
import mutirao.cli.demo.RemoteStage;
import mutirao.cli.demo.Troupe;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.terminal.StopSignals;
import mutirao.cli.text.Converters;
import mutirao.cli.text.HostAndPort;
import mutirao.cli.tls.ServerTls;
import mutirao.cli.web.WebOptions;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.core.Settings;
import mutirao.protocol.Role;
import mutirao.server.ArchiveChoice;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.StorageException;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.server.tls.TlsException;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Option(names = "--cluster", paramLabel = "NAME=HOST:PORT[,…]")
  private @Nullable String cluster;

  @Option(names = "--join", paramLabel = "HOST:PORT[,…]")
  private @Nullable String join;

  @Option(names = "--max-connections", paramLabel = "N")
  private int maxConnections = DEFAULT.maxConnections();

  @Option(names = "--max-tasks", paramLabel = "N")
  private int maxTasks = DEFAULT.settings().maxTasks();

  @Option(names = "--max-submits", paramLabel = "N")
  private int maxSubmits = DEFAULT.maxSubmitsASecond();

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

  @Mixin private final AccessOptions access;
  @Mixin private final ServerTls tls = new ServerTls();
  @Mixin private final WebOptions web;

  /** A newcomer is asked about what it lacks before it counts. */
  private static final Duration JOIN_WITHIN = Duration.ofSeconds(60);

  private final Host host;
  private final Output output;

  ServerCommand(Host host) {
    this.host = host;
    this.output = new Output(host);
    this.access = new AccessOptions(host);
    this.web = new WebOptions(host);
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = config();
    ClientOptions group = join == null ? null : groupAt(join);
    warn();
    Server server;
    try {
      server = ServerStart.start(config);
    } catch (StorageException e) {
      boolean unreachable = e.getCause() instanceof BindException;
      output.complain(
          unreachable ? "server.place.taken" : "server.data.unusable",
          String.valueOf(e.getMessage()));
      return Exit.FAILED;
    } catch (TlsException e) {
      output.complain("server.tls.unusable", String.valueOf(e.getMessage()));
      return Exit.FAILED;
    } catch (IOException e) {
      output.complain(
          "server.address.taken", bind, Integer.toString(port), String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
    try (server;
        StopSignals.Registration _ = host.signals().onStop(() -> stop(server))) {
      if (group != null && server.waitsToBeAdded() && !joined(server, group, self(config))) {
        return Exit.FAILED;
      }
      if (!access.prepare(server, bind, cluster == null)) {
        return Exit.USAGE;
      }
      return serve(server);
    }
  }

  private int serve(Server server) throws InterruptedException {
    // At once: whoever waits for the server need not wait for the page.
    output.printRaw(LISTENING + HostAndPort.of(server.address()));
    try (WebEdge edge =
        web.start(server, bind, RemoteStage.ofEnvironment(System.getenv(Troupe.STAGE)))) {
      web.tell(edge, server);
      server.awaitClose();
      return Exit.DONE;
    } catch (IOException e) {
      output.complain("server.web.unusable", bind, String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
  }

  private ClientOptions groupAt(String servers) {
    try {
      return new ConnectionOptions(host)
          .login(tls.as(ClientOptions.to(servers)))
          .role(Role.TASK_CLIENT)
          .presence(false)
          .requestTimeout(JOIN_WITHIN)
          .lang(host.texts().tag())
          .build();
    } catch (IllegalArgumentException e) {
      throw Errors.wrong(spec, host.texts().get("usage.server", servers));
    }
  }

  private static ClusterMember self(ServerConfig config) {
    Storage storage = Objects.requireNonNull(config.storage());
    return Objects.requireNonNull(storage.cluster()).members().getFirst();
  }

  /** Asks a server of the group to take this one in. */
  private boolean joined(Server server, ClientOptions group, ClusterMember self) {
    String servers = String.valueOf(join);
    output.complain("server.joining", servers);
    try (MutiraoClient client = MutiraoClient.connect(group)) {
      client.addServer(self.node(), self.address()).await();
      // A group says yes to a member, and gives it nothing: it takes it for one that has moved.
      boolean known = server.waitsToBeAdded();
      if (known) {
        output.complain("server.was.member", self.node());
      }
      return !known;
    } catch (MutiraoException e) {
      output.complain("server.not.joined", servers, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private @Nullable ClusterChoice choice() {
    if (cluster == null) {
      if (join != null) {
        throw Errors.wrong(spec, host.texts().get("server.join.self"));
      }
      return null;
    }
    List<ClusterMember> members;
    try {
      members = ClusterMember.list(cluster);
    } catch (IllegalArgumentException e) {
      throw Errors.wrong(
          spec, host.texts().get("server.cluster.wrong", String.valueOf(e.getMessage())));
    }
    if (members.stream().noneMatch(member -> member.node().equals(node))) {
      throw Errors.wrong(spec, host.texts().get("server.cluster.without", node, cluster));
    }
    if (join != null && members.size() > 1) {
      throw Errors.wrong(spec, host.texts().get("server.join.self"));
    }
    return new ClusterChoice(members, join != null);
  }

  private void stop(Server server) {
    output.complain("server.stopping");
    server.close();
  }

  private ServerConfig config() {
    if (memory && cluster != null) {
      throw Errors.wrong(spec, host.texts().get("server.memory.or.cluster"));
    }
    if (memory && data != null) {
      throw Errors.wrong(spec, host.texts().get("server.memory.or.data"));
    }
    String problem = access.problem();
    if (problem != null) {
      throw Errors.wrong(spec, problem);
    }
    String[] wrong = web.problem();
    if (wrong != null) {
      throw Errors.wrong(
          spec,
          host.texts().get(wrong[0], Arrays.copyOfRange(wrong, 1, wrong.length, Object[].class)));
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
          maxSubmits,
          new Settings(resumeWindow.toMillis(), maxTasks, maxPayloadBytes),
          memory ? null : new Storage(folder(), sync, snapshotBytes, archive(), choice()),
          access.choice(bind),
          tls.edge());
    } catch (IllegalArgumentException e) {
      throw Errors.wrong(spec, host.texts().get("server.config", String.valueOf(e.getMessage())));
    }
  }

  private @Nullable ArchiveChoice archive() {
    return noArchive ? null : new ArchiveChoice(archiveAge.toMillis(), archiveBytes);
  }

  private Path folder() {
    if (data != null) {
      return data;
    }
    // Several of one group may run on one machine, as the first try of one does.
    return host.userData().resolve(cluster == null ? "server" : "server-" + node);
  }

  private static int toInt(long bytes) {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private void warn() {
    if (!memory) {
      output.complain("server.data", folder().toString());
    }
    access.warn(bind);
  }
}
