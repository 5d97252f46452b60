package mutirao.chaos.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.chaos.campaign.Ground;
import mutirao.chaos.campaign.Servers;
import mutirao.chaos.campaign.ThreeServers;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;

/**
 * Kills the server that leads again and again under load, and measures how long it takes until a
 * task that was handed in afterwards is acknowledged; then the same where the server is asked to
 * hand over. Begins when the servers have been under load for two minutes. Arguments: how many
 * times each, and a folder; run again with the same one, the times add up. The property {@code
 * mutirao.launcher} names what starts the servers. A third one names the only thing to be done:
 * kill, term or transfer.
 */
public final class Failover {
  private static final int CLIENTS = 6;
  private static final long SETTLED_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int BETWEEN_MS = 1000;

  /** Servers that were started a moment ago, all three, are nobody's case for long. */
  private static final int WARM_AFTER_SECONDS = 120;

  /** Whom a time is of. */
  private static final List<String> WHO =
      List.of("next acknowledgement to anybody", "clients of that server", "clients of the others");

  private final ThreeServers servers;
  private final Times times;
  private final Random random = new Random(1);
  private final List<Prober> probers = new ArrayList<>();

  private Failover(ThreeServers servers, Times times) {
    this.servers = servers;
    this.times = times;
  }

  /** What is done to the leader, or what undoes it. */
  @FunctionalInterface
  private interface Deed {
    void doTo(ServerProcess leader) throws IOException, InterruptedException;
  }

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
    Path place = Files.createTempDirectory(folder, "run-");
    String launcher = System.getProperty("mutirao.launcher");
    Ground ground =
        launcher == null ? Ground.plain() : Ground.plain().launchedBy(Path.of(launcher));
    try (ThreeServers servers = ThreeServers.start(ground, place, 1);
        Load _ = Load.start(servers.addresses(), place, Servers.FEW, 1)) {
      String only = arguments.length > 2 ? arguments[2] : "";
      new Failover(servers, new Times(folder.resolve("times.tsv"))).run(count, only);
    }
  }

  private void run(int count, String only) throws Exception {
    List<String> addresses = Arrays.asList(servers.addresses().split(","));
    try {
      for (int i = 0; i < CLIENTS; i++) {
        List<String> mine = new ArrayList<>(addresses);
        Collections.rotate(mine, -i);
        probers.add(new Prober(String.join(",", mine), "probe" + i));
      }
      TimeUnit.SECONDS.sleep(WARM_AFTER_SECONDS);
      System.out.println("| milliseconds until | n | p50 | p90 | p99 | max |");
      System.out.println("|---|--:|--:|--:|--:|--:|");
      if (only.isEmpty() || only.equals("kill")) {
        measure("`kill -9`", count, ServerProcess::kill, ServerProcess::start);
      }
      if (only.isEmpty() || only.equals("term")) {
        measure("SIGTERM", count, ServerProcess::terminate, ServerProcess::start);
      }
      if (only.isEmpty() || only.equals("transfer")) {
        measure("`cluster transfer`", count, _ -> servers.handOver(), _ -> {});
      }
    } finally {
      for (Prober prober : probers) {
        prober.close();
      }
    }
  }

  private void measure(String what, int count, Deed deed, Deed undo) throws Exception {
    for (int i = 0; i < count; i++) {
      ServerProcess leader = settled();
      List<Boolean> ofIt = probers.stream().map(one -> isAt(one, leader)).toList();
      long startedNs = System.nanoTime();
      deed.doTo(leader);
      note(what, ofIt, startedNs);
      undo.doTo(leader);
    }
    for (String who : WHO) {
      times.print(what + ", " + who);
    }
  }

  private static boolean isAt(Prober prober, ServerProcess server) {
    return prober.server().equals(server.address());
  }

  /** The leader, once all three have been at rest for a while. */
  private ServerProcess settled() throws Exception {
    servers.awaitAll();
    TimeUnit.MILLISECONDS.sleep(BETWEEN_MS + random.nextInt(BETWEEN_MS));
    return servers.leader();
  }

  /** The deed may take longer than the silence it causes: what counts is the silence. */
  private void note(String what, List<Boolean> ofIt, long startedNs)
      throws IOException, InterruptedException, TimeoutException {
    long doneNs = System.nanoTime();
    for (Prober prober : probers) {
      doneNs = Math.max(doneNs, prober.firstAfter(doneNs));
    }
    for (Prober prober : probers) {
      prober.firstAfter(doneNs + SETTLED_NS);
    }
    long soonest = Long.MAX_VALUE;
    for (int i = 0; i < probers.size(); i++) {
      long silence = probers.get(i).longestSilence(startedNs, doneNs + SETTLED_NS);
      times.add(what + ", " + WHO.get(ofIt.get(i) ? 1 : 2), silence);
      soonest = Math.min(soonest, silence);
    }
    times.add(what + ", " + WHO.getFirst(), soonest);
  }
}
