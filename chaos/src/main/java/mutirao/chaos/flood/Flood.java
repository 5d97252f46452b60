package mutirao.chaos.flood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mutirao.chaos.campaign.Servers;
import mutirao.chaos.fault.ClientProcess;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Quantiles;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;

/**
 * What a flood of logins costs somebody who is in already (SEC-07): a server, those who guess and
 * the one who is measured are three processes. By turns without and with the flood it calls a
 * worker of its own, at a fixed rate, and counts from when each call was due, so that none that
 * waits hides another. Arguments: rounds, logins a second, from how many addresses, and a folder.
 */
public final class Flood {
  private static final String ADMIN = "ana";
  private static final String PASSWORD = "obras-2026";
  private static final int SLOTS = 64;
  private static final int WARM = 1500;
  private static final int CALLS = 1500;
  private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final double NS_A_MS = 1e6;

  private final Path folder;
  private final MutiraoClient client;
  private final ExecutorService threads;

  private Flood(Path folder, MutiraoClient client, ExecutorService threads) {
    this.threads = threads;
    this.folder = folder;
    this.client = client;
  }

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[3])).toAbsolutePath();
    int port = Servers.freePort();
    try (ServerProcess server =
        new ServerProcess(command(port, folder), folder.resolve("server.log"))) {
      String address = server.start();
      try (MutiraoWorker _ =
              MutiraoWorker.of(to(address, "w")).slots(SLOTS).builtInOperations().start();
          MutiraoClient client = MutiraoClient.connect(to(address, "c"));
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        new Flood(folder, client, threads)
            .run(
                Integer.parseInt(arguments[0]),
                List.of(Integer.toString(port), arguments[1], arguments[2]));
      }
    }
  }

  private static List<String> command(int port, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "MUTIRAO_ADMIN_PASSWORD=" + PASSWORD));
    command.addAll(Servers.program());
    // As users run it: campaigns alone save the compiler's time.
    command.remove("-XX:TieredStopAtLevel=1");
    Path data = Files.createTempDirectory(folder, "data-");
    command.addAll(List.of("server", "--no-web", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toString(), "--admin", ADMIN));
    // What a flood costs is processor time; waiting for a disk would hide it.
    command.addAll(List.of("--sync", "none"));
    return command;
  }

  private static ClientOptions to(String address, String name) {
    return ClientOptions.to(address).name(ADMIN + "-" + name).login(ADMIN, PASSWORD).build();
  }

  private void run(int rounds, List<String> guessers) throws Exception {
    calls(WARM);
    System.out.println(
        "| round | p50, ms | p99, ms | p50 in the flood | p99 in the flood | p99, × |");
    System.out.println("|--:|--:|--:|--:|--:|--:|");
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long[] quiet = calls(CALLS);
      long[] flooded = flooded(guessers, folder.resolve("flood-" + round + ".log"));
      ratios[round] = (double) Quantiles.at(flooded, 0.99) / Quantiles.at(quiet, 0.99);
      System.out.printf(
          "| %d | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
          round + 1,
          Quantiles.at(quiet, 0.5) / NS_A_MS,
          Quantiles.at(quiet, 0.99) / NS_A_MS,
          Quantiles.at(flooded, 0.5) / NS_A_MS,
          Quantiles.at(flooded, 0.99) / NS_A_MS,
          ratios[round]);
    }
    Arrays.sort(ratios);
    System.out.printf("in the middle: %.2f%n", ratios[rounds / 2]);
  }

  private long[] flooded(List<String> guessers, Path log) throws Exception {
    Files.deleteIfExists(log);
    try (ClientProcess _ = ClientProcess.start(Guessers.class, guessers, log)) {
      // Until it was told the first answers, the flood is not there yet.
      while (!Files.exists(log) || Files.readAllLines(log).size() < 3) {
        calls(1);
      }
      return calls(CALLS);
    }
  }

  /** How long so many calls took, from when each was due, sorted. */
  private long[] calls(int count) throws InterruptedException, ExecutionException {
    List<Future<Long>> calls = new ArrayList<>();
    long startNs = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int number = i;
      long dueNs = startNs + i * EVERY_NS;
      LockSupport.parkNanos(dueNs - System.nanoTime());
      calls.add(threads.submit(() -> call(number, dueNs)));
    }
    long[] tookNs = new long[count];
    for (int i = 0; i < count; i++) {
      tookNs[i] = calls.get(i).get();
    }
    Arrays.sort(tookNs);
    return tookNs;
  }

  private long call(int number, long dueNs) {
    client.call("sum", Map.of("numbers", List.of(number, 1)));
    return System.nanoTime() - dueNs;
  }
}
