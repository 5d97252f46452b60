package mutirao.chaos.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.FakeClock;
import mutirao.chaos.fault.Hosts;
import org.jspecify.annotations.Nullable;

/**
 * What three servers stand on, so that it can be shaken: networks, disks and clocks of their own,
 * or those of this machine.
 *
 * @param hosts machines with the names of the servers; null: all are on this one
 * @param disks one a server, or none
 * @param clocks one a server, or none
 * @param launcher starts each server, as users start theirs; null: a JVM that starts fast and is
 *     slower later
 * @param options for the command of each server
 */
public record Ground(
    @Nullable Hosts hosts,
    Map<String, DiskImage> disks,
    Map<String, FakeClock> clocks,
    @Nullable Path launcher,
    List<String> options) {

  private static final int DISK_MEBIBYTES = 192;

  /** This machine as it is. */
  public static Ground plain(String... options) {
    return new Ground(null, Map.of(), Map.of(), null, List.of(options));
  }

  /** The same, with servers on machines of their own. */
  public Ground on(Hosts machines) {
    return new Ground(machines, disks, clocks, launcher, options);
  }

  /** The same with a disk for each server, whose files are in {@code folder}. */
  public Ground withDisks(Path folder) throws IOException, InterruptedException {
    Map<String, DiskImage> made = new LinkedHashMap<>();
    for (String node : ThreeServers.NODES) {
      made.put(node, DiskImage.make(folder, node + "-disk", DISK_MEBIBYTES));
    }
    return new Ground(hosts, made, clocks, launcher, options);
  }

  /** The same with a clock for each server. */
  public Ground withClocks(Path folder) throws IOException {
    Map<String, FakeClock> made = new LinkedHashMap<>();
    for (String node : ThreeServers.NODES) {
      made.put(node, FakeClock.at(folder.resolve(node + "-clock")));
    }
    return new Ground(hosts, disks, made, launcher, options);
  }

  /** The same with servers that {@code starter} starts. */
  public Ground launchedBy(Path starter) {
    return new Ground(hosts, disks, clocks, starter, options);
  }

  /** The disk of that server, where servers have some. */
  DiskImage disk(String node) {
    return Objects.requireNonNull(disks.get(node), "no disks");
  }

  /** The clock of that server, where servers have some. */
  FakeClock clock(String node) {
    return Objects.requireNonNull(clocks.get(node), "no clocks");
  }

  /** Where that server keeps everything. */
  Path data(Path folder, String node) {
    DiskImage disk = disks.get(node);
    return (disk == null ? folder : disk.root()).resolve(node);
  }

  /** What is to be run so that {@code command} runs there. */
  List<String> under(String node, List<String> command) {
    List<String> all = launched(command);
    try {
      if (!clocks.isEmpty()) {
        all = clock(node).under(all);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!disks.isEmpty()) {
      all = disk(node).under(DiskImage.EMPTY, all);
    }
    return hosts == null ? all : hosts.on(node, all);
  }

  private List<String> launched(List<String> command) {
    if (launcher == null) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of(launcher.toString()));
    all.addAll(command.subList(command.indexOf(Servers.MAIN) + 1, command.size()));
    return all;
  }

  /** Options that tell a server where it stands. */
  String[] optionsOf(String node) {
    List<String> all = new ArrayList<>(options);
    if (hosts != null) {
      // Networks of this machine alone, and histories know no users.
      all.addAll(List.of("--insecure", "--bind", hosts.address(node)));
    }
    return all.toArray(String[]::new);
  }
}
