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
import mutirao.chaos.campaign.ThreeServers;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;

/**
 * Kills the server that leads again and again under load, and measures how long it takes until a
 * task that was handed in afterwards is acknowledged; then the same where the server is asked to
 * hand over. Arguments: how many times each, and an empty folder.
 */
public final class Failover {
  private static final int CLIENTS = 6;
  private static final long SETTLED_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int BETWEEN_MS = 1000;

  private final ThreeServers servers;
  private final Random random = new Random(1);
  private final List<Prober> probers = new ArrayList<>();

  private Failover(ThreeServers servers) {
    this.servers = servers;
  }

  /** What is done to the leader. */
  private interface Deed {
    void doTo(ServerProcess leader) throws IOException, InterruptedException;
  }

  /** Times in nanoseconds, one a deed and client. */
  private record Times(List<Long> anywhere, List<Long> clientsOfIt, List<Long> otherClients) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void print(String name) {
      print(name + ", next acknowledgement to anybody", anywhere);
      print(name + ", clients of that server", clientsOfIt);
      print(name + ", clients of the others", otherClients);
    }

    private static void print(String name, List<Long> all) {
      long[] sorted = all.stream().mapToLong(ns -> ns / 1_000_000).sorted().toArray();
      if (sorted.length > 0) {
        System.out.printf(
            "| %s | %d | %,d | %,d | %,d | %,d |%n",
            name,
            sorted.length,
            at(sorted, 0.5),
            at(sorted, 0.9),
            at(sorted, 0.99),
            sorted[sorted.length - 1]);
      }
    }

    /** The smallest that at least this share of all does not exceed. */
    private static long at(long[] sorted, double share) {
      return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
  }

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
    try (ThreeServers servers = ThreeServers.start(folder, 1);
        Load _ = Load.start(servers.addresses(), folder, ThreeServers.LOAD, 1)) {
      new Failover(servers).run(times);
    }
  }

  private void run(int times) throws Exception {
    List<String> addresses = Arrays.asList(servers.addresses().split(","));
    try {
      for (int i = 0; i < CLIENTS; i++) {
        List<String> mine = new ArrayList<>(addresses);
        Collections.rotate(mine, -i);
        probers.add(new Prober(String.join(",", mine), "probe" + i));
      }
      System.out.println("| milliseconds until | n | p50 | p90 | p99 | max |");
      System.out.println("|---|--:|--:|--:|--:|--:|");
      measure(times, ServerProcess::kill).print("`kill -9`");
      measure(times, ServerProcess::terminate).print("SIGTERM");
      transfer(times).print("`cluster transfer`");
    } finally {
      for (Prober prober : probers) {
        prober.close();
      }
    }
  }

  private Times measure(int times, Deed deed) throws Exception {
    Times measured = new Times();
    for (int i = 0; i < times; i++) {
      ServerProcess leader = settled();
      List<Boolean> of = probers.stream().map(one -> isAt(one, leader)).toList();
      long startedNs = System.nanoTime();
      deed.doTo(leader);
      note(measured, of, startedNs);
      leader.start();
    }
    return measured;
  }

  private Times transfer(int times) throws Exception {
    Times measured = new Times();
    for (int i = 0; i < times; i++) {
      ServerProcess leader = settled();
      List<Boolean> of = probers.stream().map(one -> isAt(one, leader)).toList();
      long startedNs = System.nanoTime();
      servers.handOver();
      note(measured, of, startedNs);
    }
    return measured;
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
  private void note(Times measured, List<Boolean> clientsOfIt, long startedNs)
      throws InterruptedException, TimeoutException {
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
      (clientsOfIt.get(i) ? measured.clientsOfIt() : measured.otherClients()).add(silence);
      soonest = Math.min(soonest, silence);
    }
    measured.anywhere().add(soonest);
  }
}
