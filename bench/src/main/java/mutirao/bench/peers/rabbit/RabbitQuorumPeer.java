package mutirao.bench.peers.rabbit;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peers.Installed;

/**
 * RabbitMQ with a quorum queue of one member: persistent messages with publisher confirms, which it
 * sends after the fsync of its Raft log; 64 tasks prefetched, acknowledged once a read; results by
 * direct reply-to, which are not kept.
 */
public final class RabbitQuorumPeer implements Peer {
  private static final String PACKAGE = "rabbitmq-server";
  private static final Path HOME = Path.of("/usr/lib/rabbitmq");

  /** Not the one in the search path, which wants to be another user. */
  private static final Path PROGRAM = HOME.resolve("bin").resolve("rabbitmq-server");

  /** A name server of its own, so that it ends with the server and disturbs no other. */
  private static final String START =
      "epmd -address 127.0.0.1 -port $ERL_EPMD_PORT & exec " + PROGRAM;

  @Override
  public String name() {
    return "rabbitmq-quorum";
  }

  @Override
  public Optional<String> version() {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(HOME.resolve("lib"))) {
      return Optional.of(
          versions.map(path -> path.getFileName().toString()).findFirst().orElse("unknown"));
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public String remedy() {
    return Installed.debian(PACKAGE);
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DURABLE_TASKS);
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public boolean confirmsAcceptance() {
    return true;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    Path files = directory.toAbsolutePath();
    Files.createDirectories(files);
    Path plugins = Files.writeString(files.resolve("plugins"), "[].");
    try (ServerSocket distribution = new ServerSocket(0);
        ServerSocket names = new ServerSocket(0)) {
      String distributionPort = "RABBITMQ_DIST_PORT=" + distribution.getLocalPort();
      String namesPort = "ERL_EPMD_PORT=" + names.getLocalPort();
      distribution.close();
      names.close();
      return RunningServer.onFreePort(
          port ->
              List.of(
                  "env",
                  "HOME=" + files,
                  "RABBITMQ_NODENAME=peer@localhost",
                  "RABBITMQ_NODE_IP_ADDRESS=127.0.0.1",
                  "RABBITMQ_NODE_PORT=" + port,
                  distributionPort,
                  namesPort,
                  "RABBITMQ_MNESIA_BASE=" + files.resolve("mnesia"),
                  "RABBITMQ_LOG_BASE=" + files.resolve("log"),
                  "RABBITMQ_ENABLED_PLUGINS_FILE=" + plugins,
                  // Then the script becomes the server instead of starting it.
                  "RUNNING_UNDER_SYSTEMD=true",
                  "sh",
                  "-c",
                  START),
          directory);
    }
  }

  @Override
  public Optional<Speaker> founder(String session, Events events) {
    return Optional.of(new RabbitTasks.Founder(session, events));
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new RabbitTasks.Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new RabbitTasks.Worker(slots, session, events);
  }
}
