package mutirao.sim.group;

import java.util.Objects;
import java.util.Set;
import mutirao.core.Machine;
import mutirao.server.ServerConfig;
import mutirao.sim.server.SimServer;
import mutirao.sim.world.Host;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** One server of a group: its host and its disk, and what runs there now. */
final class Seat {
  private final Group group;
  private final World world;
  private final String name;
  private final Host host;
  private final Disk disk;
  private @Nullable GroupLog log;
  private @Nullable SimServer server;
  private boolean gone;

  Seat(Group group, String name, Set<String> firstMembers) {
    this.group = group;
    this.world = group.world();
    this.name = name;
    this.host = new Host(world, name);
    this.disk = new Disk(firstMembers);
    if (group.faults().clockPerMille() > 0 && world.percent(40)) {
      host.turnClock(world.percent(50) ? GroupMischief.TURN_MS : -GroupMischief.TURN_MS);
    }
  }

  String name() {
    return name;
  }

  Host host() {
    return host;
  }

  Disk disk() {
    return disk;
  }

  @Nullable GroupLog log() {
    return host.up() ? log : null;
  }

  @Nullable SimServer server() {
    return gone ? null : server;
  }

  SimServer requireServer() {
    return Objects.requireNonNull(server);
  }

  /** Whether it was removed and does not come back. */
  boolean gone() {
    return gone;
  }

  void start() {
    if (host.up() || gone) {
      return;
    }
    world.note(name, "starts");
    host.start();
    ServerConfig config = group.config().withNode(name);
    Machine machine = group.machine();
    GroupLog newLog = new GroupLog(group, host, disk, machine);
    log = newLog;
    SimServer newServer =
        new SimServer(
            world, host, config, group.before(newLog), machine, group.chronicle().watch(name));
    server = newServer;
    newLog.afterwards(newServer::schedulePump);
  }

  /** A log without a server, for who drives it alone. */
  GroupLog bare() {
    host.start();
    GroupLog newLog = new GroupLog(group, host, disk, group.machine());
    log = newLog;
    return newLog;
  }

  /** Its process dies; with the power, what its disk did not have for sure may be gone too. */
  void crash(boolean power) {
    if (!host.up()) {
      return;
    }
    world.note(name, power ? "loses its power" : "crashes");
    host.stop();
    SimServer dead = server;
    if (dead != null) {
      dead.die(!power);
    }
    if (disk.forced() < disk.lastIndex()) {
      world.tally().met(Sometimes.CRASH_BETWEEN_APPEND_AND_FSYNC);
    }
    if (power) {
      if (disk.losePower(world)) {
        world.tally().met(Sometimes.TORN_TAIL_CUT);
      }
    } else {
      disk.force(disk.lastIndex());
    }
  }

  /** It is removed from the group and switched off for good. */
  void leave() {
    crash(false);
    gone = true;
  }

  void heal() {
    host.goOn();
    start();
  }

  void hears(Rpc rpc) {
    GroupLog running = log();
    if (running != null) {
      running.node().hears(rpc);
    }
  }

  boolean believesToLead() {
    GroupLog running = log();
    return running != null && running.node().believesToLead();
  }

  boolean ready() {
    GroupLog running = log();
    return running != null && running.leads();
  }

  boolean quiet() {
    GroupLog running = log();
    return running != null && running.node().quiet() && !running.busy();
  }
}
