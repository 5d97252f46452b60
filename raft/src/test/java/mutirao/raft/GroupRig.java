package mutirao.raft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mutirao.raft.group.Member;
import mutirao.raft.version.Versions;

/** Several logs on this machine that are one group. */
final class GroupRig implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final Map<String, Rig> running = new LinkedHashMap<>();
  private final List<Member> members;
  private RatisOptions last = RatisOptions.of(Path.of(""), "nobody", Rig.SETTINGS);

  GroupRig(Path folder, int count) throws IOException {
    this.folder = folder;
    this.members = members(1, count);
  }

  /** Servers with free ports of their own, named n1 and so on. */
  static List<Member> members(int first, int count) {
    Map<Integer, Member> found = new LinkedHashMap<>();
    while (found.size() < count) {
      // Below those that the system gives to outgoing connections: they must stay free for a while.
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        found.putIfAbsent(port, new Member("n" + (first + found.size()), "127.0.0.1", port));
      } catch (IOException e) {
        // Taken; another may not be.
      }
    }
    return List.copyOf(found.values());
  }

  Rig start(String node) throws IOException {
    return start(node, members, false, 1 << 30);
  }

  /** The same as a program of other versions. */
  Rig start(String node, Versions versions) throws IOException {
    return start(node, members, false, 1 << 30, versions);
  }

  Rig start(String node, List<Member> group, boolean joins, long snapshotCommands)
      throws IOException {
    return start(node, group, joins, snapshotCommands, Versions.OWN);
  }

  Rig start(
      String node, List<Member> group, boolean joins, long snapshotCommands, Versions versions)
      throws IOException {
    last =
        RatisOptions.of(folder.resolve(node), node, Rig.SETTINGS)
            .withGroup(group, joins)
            .withSnapshots(1L << 40, snapshotCommands)
            .withVersions(versions);
    Rig rig = Rig.start(last);
    running.put(node, rig);
    return rig;
  }

  List<Member> members() {
    return members;
  }

  Rig rig(String node) {
    Rig rig = running.get(node);
    if (rig == null) {
      throw new AssertionError(node + " does not run");
    }
    return rig;
  }

  void stop(String node) {
    rig(node).close();
    running.remove(node);
  }

  void stopAllBut(String node) {
    running.keySet().stream().filter(other -> !other.equals(node)).toList().forEach(this::stop);
  }

  /** The name of whoever leads, once somebody does. */
  String leader() {
    await("a leader", () -> running.values().stream().anyMatch(rig -> rig.log.leads()));
    return running.entrySet().stream()
        .filter(entry -> entry.getValue().log.leads())
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** Some server that does not lead. */
  String follower() {
    String leader = leader();
    return running.keySet().stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
  }

  /** Waits until all have the same. */
  void awaitSame() {
    await(
        "the same state everywhere",
        () -> running.values().stream().map(Rig::lastIndex).distinct().count() == 1);
  }

  void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNs) {
        throw new AssertionError(what + " never came");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    running.values().forEach(Rig::close);
  }
}
