package mutirao.chaos.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.chaos.campaign.Servers;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.fault.Tools;

/**
 * Cuts the power of servers while one client hands values over, one after the other, and counts
 * what was acknowledged and is gone. Prints a table. Arguments: how often, after how many seconds.
 */
public final class PowerCut {
  private static final int DISK_MEBIBYTES = 1024;

  private static final List<Peer> PEERS =
      List.of(
          new Mutirao("Mutirão, as it comes"),
          new Mutirao("Mutirão, `--sync none`", "--sync", "none"),
          new Beanstalkd("beanstalkd, as it comes (`-b`)", List.of()),
          new Beanstalkd("beanstalkd, `-f 0`", List.of("-f", "0")),
          new JetStream("NATS JetStream, as it comes"));

  private record Result(int acknowledged, int lost) {}

  private PowerCut() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    Duration load = Duration.ofSeconds(Integer.parseInt(arguments[1]));
    System.out.println("| server | version | acknowledged | lost |");
    System.out.println("|---|---|--:|--:|");
    for (int time = 0; time < times; time++) {
      for (Peer peer : PEERS) {
        Result result = cut(peer, load);
        System.out.printf(
            "| %s | %s | %,d | %,d |%n",
            peer.title(), version(peer), result.acknowledged(), result.lost());
      }
    }
  }

  private static String version(Peer peer) throws IOException, InterruptedException {
    return Tools.run(peer.versionCommand().toArray(String[]::new)).strip();
  }

  private static Result cut(Peer peer, Duration load) throws Exception {
    Path folder = Files.createTempDirectory("power-cut");
    try {
      DiskImage disk = DiskImage.make(folder, DISK_MEBIBYTES);
      int port = Servers.freePort();
      List<String> command =
          disk.under("mkdir -p data", peer.command(disk.root().resolve("data"), port));
      try (ServerProcess server =
          ServerProcess.listeningAt(port, command, folder.resolve("server.log"))) {
        server.start();
        Set<String> acknowledged = load(peer, port, load, () -> disk.cutPower(server));
        int all = acknowledged.size();
        try {
          server.start();
        } catch (IOException e) {
          System.err.println(peer.title() + " does not start again: " + e.getMessage());
          return new Result(all, all);
        }
        try (Peer.Connection connection = peer.connect(port)) {
          acknowledged.removeAll(connection.readAll());
        }
        return new Result(all, acknowledged.size());
      }
    } finally {
      Tools.delete(folder);
    }
  }

  private interface Cut {
    void cut() throws IOException, InterruptedException;
  }

  /** The power goes while the client waits for nothing: what it has is what it was told. */
  private static Set<String> load(Peer peer, int port, Duration load, Cut cut)
      throws IOException, InterruptedException {
    Set<String> acknowledged = new HashSet<>();
    try (Peer.Connection connection = peer.connect(port)) {
      connection.prepare();
      long end = System.nanoTime() + load.toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        String value = "value-" + i;
        connection.put(value);
        acknowledged.add(value);
      }
      cut.cut();
    }
    return acknowledged;
  }
}
