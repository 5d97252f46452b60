package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.Hosts;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.fault.Tools;

/**
 * Campaign after campaign for as long as there is time. Each adds a line to {@code totals.txt}, so
 * that runs on several nights add up; its number is its seed. The folders of those that found
 * something stay. Arguments: how many minutes, and the folder.
 */
public final class Night {
  private static final int CYCLES = 10;
  private static final int DISK_MEBIBYTES = 256;
  private static final String[] SNAPSHOTS = {"--snapshot-every", "64KiB"};

  private final Path folder;
  private final Path totals;

  private Night(Path folder) {
    this.folder = folder;
    this.totals = folder.resolve("totals.txt");
  }

  /** What a night is made of. */
  private enum Kind {
    SERVER_KILLED,
    SERVER_RESTARTED,
    SERVER_PAUSED,
    CLIENTS_KILLED,
    POWER_CUT,
    FSYNC_FAILS,
    WRITE_FAILS,
    LEADER_KILLED,
    FOLLOWER_KILLED,
    LEADER_PAUSED,
    ALL_THREE_KILLED,
    NETWORK_BROKEN
  }

  private record Line(Kind kind, long seed, long faults, long accepted, long said, boolean valid) {
    static Line of(String text) {
      String[] words = text.split(" ");
      return new Line(
          Kind.valueOf(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Boolean.parseBoolean(words[5]));
    }

    String text() {
      return kind + " " + seed + " " + faults + " " + accepted + " " + said + " " + valid + "\n";
    }
  }

  /** Runs it; fails where something was found. */
  public static void main(String[] arguments) throws Exception {
    Night night = new Night(Files.createDirectories(Path.of(arguments[1])).toAbsolutePath());
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(arguments[0])).toNanos();
    boolean valid = true;
    do {
      valid &= night.next();
    } while (System.nanoTime() < end);
    night.print();
    if (!valid) {
      throw new IllegalStateException("a promise was broken; see " + night.folder);
    }
  }

  private List<Line> lines() throws IOException {
    return Files.exists(totals)
        ? Files.readAllLines(totals).stream().map(Line::of).toList()
        : List.of();
  }

  private boolean next() throws Exception {
    long seed = lines().size();
    Kind kind = Kind.values()[(int) (seed % Kind.values().length)];
    Path place = folder.resolve(kind + "-" + seed);
    // What a night left that was broken off.
    Tools.delete(place);
    Files.createDirectories(place);
    Verdict verdict = run(kind, place, seed);
    Line line =
        new Line(
            kind,
            seed,
            verdict.counts().faults(),
            verdict.counts().accepted(),
            verdict.counts().said(),
            verdict.valid());
    Files.writeString(totals, line.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.print(line.text());
    verdict.violations().forEach(System.out::println);
    if (verdict.valid()) {
      Tools.delete(place);
    }
    return verdict.valid();
  }

  private static Verdict run(Kind kind, Path place, long seed) throws Exception {
    return switch (kind) {
      case SERVER_KILLED -> run(place, seed, ServerFaults::crash);
      case SERVER_RESTARTED -> run(place, seed, ServerFaults::restart);
      case SERVER_PAUSED -> run(place, seed, ServerFaults::pause);
      case FSYNC_FAILS -> run(place, seed, ServerFaults.failingSync());
      case WRITE_FAILS -> run(place, seed, ServerFaults.failingWrite(place.resolve("data")));
      case LEADER_KILLED -> ofThree(place, seed, three -> three.ofLeader(ServerFaults::crash));
      case FOLLOWER_KILLED -> ofThree(place, seed, three -> three.ofFollower(ServerFaults::crash));
      case LEADER_PAUSED -> ofThree(place, seed, three -> three.ofLeader(ServerFaults::pause));
      case ALL_THREE_KILLED -> ofThree(place, seed, ThreeServers::crashOfAll);
      case NETWORK_BROKEN -> {
        try (Hosts hosts = Hosts.make(ThreeServers.NODES);
            ThreeServers three = ThreeServers.startOn(hosts, place, seed)) {
          yield run(three, place, seed, new Partitions(three, hosts).inTurn());
        }
      }
      case CLIENTS_KILLED -> {
        try (ServerProcess server = Servers.onDisk(place, SNAPSHOTS);
            ClientFaults clients = ClientFaults.start(place, server.start(), seed)) {
          yield new Campaign(place, Servers.FEW, seed)
              .run(server, server.address(), clients, CYCLES);
        }
      }
      case POWER_CUT -> {
        DiskImage disk = DiskImage.make(place, DISK_MEBIBYTES);
        try (ServerProcess server = Servers.onDisk(disk, ":", place, SNAPSHOTS)) {
          yield new Campaign(place, Servers.FEW, seed)
              .run(server, server.start(), ServerFaults.powerCut(disk), CYCLES);
        }
      }
    };
  }

  private static Verdict run(Path place, long seed, Fault fault) throws Exception {
    try (ServerProcess server = Servers.onDisk(place, SNAPSHOTS)) {
      return new Campaign(place, Servers.FEW, seed).run(server, server.start(), fault, CYCLES);
    }
  }

  private static Verdict ofThree(Path place, long seed, Function<ThreeServers, Fault> fault)
      throws Exception {
    try (ThreeServers three = ThreeServers.start(place, seed)) {
      return run(three, place, seed, fault.apply(three));
    }
  }

  private static Verdict run(ThreeServers three, Path place, long seed, Fault fault)
      throws Exception {
    return new Campaign(place, Servers.FEW, seed)
        .run(three.any(), three.addresses(), fault, CYCLES);
  }

  /** What all nights found together. */
  private void print() throws IOException {
    Map<Kind, List<Line>> kinds = new TreeMap<>();
    lines().forEach(line -> kinds.computeIfAbsent(line.kind(), _ -> new ArrayList<>()).add(line));
    System.out.println("| fault | times | tasks | messages | campaigns that found something |");
    System.out.println("|---|--:|--:|--:|--:|");
    kinds.forEach(
        (kind, lines) ->
            System.out.printf(
                "| %s | %,d | %,d | %,d | %d |%n",
                kind,
                lines.stream().mapToLong(Line::faults).sum(),
                lines.stream().mapToLong(Line::accepted).sum(),
                lines.stream().mapToLong(Line::said).sum(),
                lines.stream().filter(line -> !line.valid()).count()));
  }
}
