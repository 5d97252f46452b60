package mutirao.chaos.campaign;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mutirao.chaos.fault.LogFolder;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.fault.Tools;

/**
 * A member whose folder is damaged or lost must not start, and an operator does what it says: takes
 * it out of the group and in again, with an empty folder. One kind of damage after the other; the
 * first befalls whoever leads, the next somebody who follows, and so on.
 */
public final class Repair implements Fault {
  private static final long DAMAGED_BYTE = 1000;

  /** Far more than fit before the damaged byte. */
  private static final long ENTRIES = 100;

  private static final long FILLED_WITHIN_SECONDS = 60;
  private static final long LOOK_EVERY_MS = 20;

  /** The exit code of a server that does not start. */
  private static final int FAILED = 1;

  private final ThreeServers servers;
  private final Set<String> joined = new HashSet<>();
  private final List<Damage> damages;
  private int next;

  /** What becomes of a folder while its server is down. */
  @FunctionalInterface
  public interface Damage {
    /**
     * Does it.
     *
     * @return what the server must say of it
     */
    String to(Path data) throws IOException;
  }

  /** Damages of {@code servers}. */
  public Repair(ThreeServers servers, List<Damage> damages) {
    this.servers = servers;
    this.damages = damages;
  }

  /** One bit of the log is another. */
  public static String flippedBit(Path data) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(new LogFolder(data).openSegment().toFile(), "rw")) {
      file.seek(DAMAGED_BYTE);
      int was = file.read();
      file.seek(DAMAGED_BYTE);
      file.write(was ^ 4);
    }
    return "is damaged after entry";
  }

  /** The log ends too early. */
  public static String cutLog(Path data) throws IOException {
    try (FileChannel file =
        FileChannel.open(new LogFolder(data).openSegment(), StandardOpenOption.WRITE)) {
      file.truncate(DAMAGED_BYTE);
    }
    return "had been acknowledged";
  }

  /** A file of the log is missing. */
  public static String deletedLog(Path data) throws IOException {
    Files.delete(new LogFolder(data).openSegment());
    return "a file is missing";
  }

  /** The file that says for whom the server voted is missing. */
  public static String deletedVote(Path data) throws IOException {
    Files.delete(new LogFolder(data).openSegment().resolveSibling("raft-meta"));
    return "for whom this server voted";
  }

  /** Nothing is left, as on a new disk. */
  public static String wiped(Path data) throws IOException {
    Tools.delete(data);
    // It says it in other words where it was started to join.
    return "and its folder is empty";
  }

  @Override
  public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
    Damage damage = damages.get(next % damages.size());
    String node = next % 2 == 0 ? servers.leading() : servers.following();
    next++;
    String address = servers.inGroup(node);
    ServerProcess server = servers.server(node);
    killFilled(servers, List.of(node));
    String words = damage.to(servers.data(node));
    TimeUnit.MILLISECONDS.sleep(downMs);
    boolean asItWas = joined.contains(node) && !Files.exists(servers.data(node));
    String how = asItWas ? "start it again as you did now" : "--join";
    mustRefuse(server, server::start, words, "mutirao cluster remove " + node, how);
    wiped(servers.data(node));
    // Too early: it is a member yet.
    mustRefuse(server, () -> servers.join(node, address), "mutirao cluster remove " + node);
    servers.remove(node);
    wiped(servers.data(node));
    servers.join(node, address);
    joined.add(node);
    servers.awaitAll();
  }

  /**
   * Kills those when the files that are damaged next have something to miss: without the first
   * entries of a file that was begun a moment ago a server may start.
   */
  static void killFilled(ThreeServers servers, List<String> nodes)
      throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(FILLED_WITHIN_SECONDS);
    while (true) {
      if (areFilled(servers, nodes)) {
        for (String node : nodes) {
          servers.server(node).kill();
        }
        if (areFilled(servers, nodes)) {
          return;
        }
        // One of them began its next file in between.
        servers.startTogether(nodes);
      }
      if (System.nanoTime() - endNs > 0) {
        throw new IOException("too little is written to the logs of " + nodes);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  private static boolean areFilled(ThreeServers servers, List<String> nodes) throws IOException {
    for (String node : nodes) {
      if (new LogFolder(servers.data(node)).onlyInOpenSegment() < ENTRIES) {
        return false;
      }
    }
    return true;
  }

  /** A start that is to fail. */
  interface Start {
    void run() throws IOException, InterruptedException;
  }

  /** Fails where {@code start} succeeds, or does not say that. */
  static void mustRefuse(ServerProcess server, Start start, String... words)
      throws IOException, InterruptedException {
    int before = server.said().length();
    try {
      start.run();
    } catch (IOException e) {
      String said = server.said().substring(before);
      boolean clear = Stream.of(words).allMatch(said::contains);
      if (clear && String.valueOf(e.getMessage()).contains("ended with " + FAILED + ";")) {
        return;
      }
      throw new IOException("it said: " + said, e);
    }
    throw new IllegalStateException(
        "it starts on what is left of its folder, and does not say: " + List.of(words));
  }
}
