package mutirao.chaos.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import mutirao.chaos.campaign.Servers;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Quantiles;

/**
 * Offers a server as much as its workers can do, twice and ten times that, and tells what is left
 * of what they did: the goodput. Clients go on at their rate whatever they are told. Arguments:
 * seconds of each, and a folder.
 */
public final class Overload {
  private static final int SUBMITTERS = 20;
  private static final int WORKERS = 4;
  private static final int SLOTS = 100;
  private static final int RUN_MS = 100;

  /** What the workers can do in a second. */
  private static final int CAPACITY = WORKERS * SLOTS * 1000 / RUN_MS;

  /** Two seconds of work: what waits longer is not worth having accepted. */
  private static final String MAX_TASKS = Integer.toString(4 * CAPACITY);

  private static final double[] TIMES = {1, 2, 10, 1};
  private static final int WARM_UP_SECONDS = 10;
  private static final long SETTLE_WITHIN_MS = 60_000;
  private static final long LOOK_EVERY_MS = 50;

  private final int port;

  private Overload(int port) {
    this.port = port;
  }

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
    Path place = Files.createTempDirectory(folder, "run-");
    try (ServerProcess server =
            Servers.onDisk(
                place, "--max-tasks", MAX_TASKS, "--max-submits", "1000000", "--no-archive");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      String address = server.start();
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      List<Wire> workers = new ArrayList<>();
      for (int i = 1; i <= WORKERS; i++) {
        workers.add(worker(port, i, clock));
      }
      Overload overload = new Overload(port);
      overload.offer(1, WARM_UP_SECONDS);
      System.out.printf("workers can do %,d tasks a second%n", CAPACITY);
      System.out.println("| offered a second | done a second | refused | no, ms p50 | p99 | max |");
      System.out.println("|--:|--:|--:|--:|--:|--:|");
      for (double times : TIMES) {
        System.out.println(overload.offer(times, seconds));
      }
      for (Wire worker : workers) {
        worker.close();
      }
    }
  }

  /** Somebody to whom each task is some time, and no work. */
  private static Wire worker(int port, int number, ScheduledExecutorService clock)
      throws IOException {
    Wire wire =
        new Wire(
            port,
            "{\"type\":\"register\",\"name\":\"w"
                + number
                + "\",\"role\":\"worker\",\"operations\":[\"work\"],\"slots\":"
                + SLOTS
                + ",\"presence\":false}\n");
    Thread.ofVirtual()
        .name("worker-" + number)
        .start(
            () ->
                wire.readAll(
                    line -> {
                      if (line.startsWith("{\"type\":\"task\"")) {
                        String done =
                            "{\"type\":\"done\",\"task\":"
                                + task(line)
                                + ",\"attempt\":"
                                + Wire.number(line, "attempt")
                                + ",\"result\":1}\n";
                        var _ =
                            clock.schedule(
                                () -> {
                                  wire.send(done);
                                  return true;
                                },
                                RUN_MS,
                                TimeUnit.MILLISECONDS);
                      }
                    }));
    return wire;
  }

  /** The id as it stands there, quoted or not. */
  private static String task(String line) {
    int at = line.indexOf("\"task\":") + "\"task\":".length();
    return line.substring(at, line.indexOf(',', at));
  }

  private String offer(double times, int seconds) throws Exception {
    double rate = times * CAPACITY / SUBMITTERS;
    List<Offer> offers = new ArrayList<>();
    for (int i = 1; i <= SUBMITTERS; i++) {
      offers.add(new Offer(port, i, (int) (rate * (seconds + 1))));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long beganNs = System.nanoTime();
      long endNs = beganNs + TimeUnit.SECONDS.toNanos(seconds);
      List<Future<?>> running = new ArrayList<>();
      for (Offer offer : offers) {
        running.add(
            threads.submit(
                () -> {
                  offer.run(rate, endNs);
                  return true;
                }));
      }
      // Once what waits is as much as it will be.
      TimeUnit.NANOSECONDS.sleep((endNs - beganNs) / 3);
      long fromNs = System.nanoTime();
      long before = done(offers);
      TimeUnit.NANOSECONDS.sleep(endNs - System.nanoTime());
      double rateDone = (done(offers) - before) / ((System.nanoTime() - fromNs) / 1e9);
      for (Future<?> one : running) {
        one.get();
      }
      settle(offers);
      return line(offers, seconds, rateDone);
    } catch (ExecutionException e) {
      throw new IOException("a submitter was cut off", e);
    } finally {
      for (Offer offer : offers) {
        offer.close();
      }
    }
  }

  private static long done(List<Offer> offers) {
    return offers.stream().mapToLong(offer -> offer.done.sum()).sum();
  }

  /** What was accepted must end, and what was not must have been told so. */
  private static void settle(List<Offer> offers) throws IOException, InterruptedException {
    for (long waited = 0; !offers.stream().allMatch(Offer::isSettled); waited += LOOK_EVERY_MS) {
      if (waited > SETTLE_WITHIN_MS) {
        throw new IOException("something was accepted and does not end, or was never answered");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    if (offers.stream().anyMatch(offer -> offer.without.sum() > 0)) {
      throw new IOException("something was refused without a word on when to come back");
    }
  }

  private static String line(List<Offer> offers, int seconds, double rateDone) {
    long[] noes =
        offers.stream().flatMapToLong(offer -> LongStream.of(offer.noes())).sorted().toArray();
    long sent = offers.stream().mapToLong(Offer::sent).sum();
    return String.format(
        "| %,d | %,.0f | %,d | %s | %s | %s |",
        sent / seconds, rateDone, noes.length, at(noes, 0.5), at(noes, 0.99), at(noes, 1));
  }

  private static String at(long[] sortedUs, double share) {
    return sortedUs.length == 0 ? "–" : String.format("%.1f", Quantiles.at(sortedUs, share) / 1e3);
  }
}
