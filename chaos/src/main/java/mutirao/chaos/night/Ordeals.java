package mutirao.chaos.night;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mutirao.chaos.campaign.Campaign;
import mutirao.chaos.campaign.ClientFaults;
import mutirao.chaos.campaign.Fault;
import mutirao.chaos.campaign.Ground;
import mutirao.chaos.campaign.GroupFaults;
import mutirao.chaos.campaign.MemberChanges;
import mutirao.chaos.campaign.Partitions;
import mutirao.chaos.campaign.Repair;
import mutirao.chaos.campaign.RollingRestart;
import mutirao.chaos.campaign.ServerFaults;
import mutirao.chaos.campaign.Servers;
import mutirao.chaos.campaign.ThreeServers;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.Hosts;
import mutirao.chaos.fault.ServerProcess;

/**
 * Runs one ordeal.
 *
 * @param place an empty folder
 */
record Ordeals(Ordeal ordeal, Path place, long seed) {
  private static final int DISK_MEBIBYTES = 256;
  private static final String[] SNAPSHOTS = {"--snapshot-every", "64KiB"};

  /** So that the servers give a client up soon that stands still. */
  private static final String[] IMPATIENT = {"--heartbeat", "500ms", "--resume-window", "1s"};

  private static final long PAUSED_MS = 300;
  private static final int PAUSED_TIMES = 4;

  /** A fault of three servers. */
  private interface Kind {
    Fault of(ThreeServers three) throws IOException;
  }

  Verdict run() throws Exception {
    return switch (ordeal) {
      case SERVER_KILLED -> ofOne(ServerFaults::crash);
      case SERVER_RESTARTED -> ofOne(ServerFaults::restart);
      case SERVER_PAUSED -> ofOne(ServerFaults::pause);
      case FSYNC_FAILS -> ofOne(ServerFaults.failingSync());
      case WRITE_FAILS -> ofOne(ServerFaults.failingWrite(place.resolve("data")));
      case CLIENTS_KILLED -> {
        try (ServerProcess server = Servers.onDisk(place, SNAPSHOTS);
            ClientFaults clients = ClientFaults.killing(place, server.start(), seed)) {
          yield campaign().run(server, server.address(), clients, ordeal.strikes());
        }
      }
      case POWER_CUT -> {
        DiskImage disk = DiskImage.make(place, DISK_MEBIBYTES);
        try (ServerProcess server = Servers.onDisk(disk, ":", place, SNAPSHOTS)) {
          yield campaign()
              .run(server, server.start(), ServerFaults.powerCut(disk), ordeal.strikes());
        }
      }
      case LEADER_KILLED -> ofThree(three -> three.ofLeader(ServerFaults::crash));
      case FOLLOWER_KILLED -> ofThree(three -> three.ofFollower(ServerFaults::crash));
      case ALL_THREE_KILLED -> ofThree(ThreeServers::crashOfAll);
      case LEADER_PAUSED ->
          ofThree(
              three ->
                  three.ofLeader(
                      (server, ms) -> ServerFaults.pause(server, PAUSED_MS + PAUSED_TIMES * ms)));
      case CLIENTS_OF_THREE_KILLED ->
          withClients(three -> ClientFaults.killing(place, three.addresses(), seed));
      case CLIENTS_PAUSED ->
          withClients(three -> ClientFaults.pausing(place, three.addresses(), seed));
      case POWER_CUT_OF_ALL -> onDisks(three -> faults(three).powerCutOfAll());
      case POWER_CUT_OF_ONE -> onDisks(three -> faults(three).powerCut());
      case MAJORITIES_CHANGE -> onDisks(three -> faults(three).changeOfMajorities());
      case DISK_FULL -> onDisks(three -> faults(three).fullDisk());
      case NETWORK_BROKEN -> onHosts((three, hosts) -> new Partitions(three, hosts).inTurn());
      case NETWORK_POOR -> onHosts((three, hosts) -> new Partitions(three, hosts).poorInTurn());
      case DISK_SLOW -> ofThree(three -> faults(three).slowDisk());
      case FSYNC_OF_ONE_FAILS -> ofThree(three -> three.inTurn(ServerFaults.failingSync()));
      case WRITE_OF_ONE_FAILS -> ofThree(three -> faults(three).failingWrite());
      case ONE_DAMAGED_OR_WIPED ->
          ofThree(
              three ->
                  new Repair(
                      three,
                      List.of(
                          Repair::flippedBit,
                          Repair::cutLog,
                          Repair::wiped,
                          Repair::deletedVote,
                          Repair::deletedLog)));
      case ALL_DAMAGED -> ofThree(three -> faults(three).allDamaged());
      case CLOCK_WRONG -> on(ground().withClocks(place), three -> faults(three).wrongClock());
      case MEMBERS_CHANGE -> ofThree(three -> new MemberChanges(three, seed));
      case ONE_AFTER_THE_OTHER -> ofThree(RollingRestart::new);
      case STARVED -> ofThree(three -> faults(three).starvation());
      case EVERYTHING -> {
        try (Hosts hosts = Hosts.make(ThreeServers.NODES)) {
          yield on(
              ground().on(hosts).withDisks(place).withClocks(place),
              three -> new Disorder(three, hosts, faults(three), seed));
        }
      }
    };
  }

  private Campaign campaign() {
    return new Campaign(place, Servers.FEW, seed);
  }

  private GroupFaults faults(ThreeServers three) {
    return new GroupFaults(three, seed);
  }

  private static Ground ground() {
    return Ground.plain(SNAPSHOTS);
  }

  private Verdict ofOne(Fault fault) throws Exception {
    try (ServerProcess server = Servers.onDisk(place, SNAPSHOTS)) {
      return campaign().run(server, server.start(), fault, ordeal.strikes());
    }
  }

  private Verdict ofThree(Kind kind) throws Exception {
    return on(ground(), kind);
  }

  private Verdict onDisks(Kind kind) throws Exception {
    return on(ground().withDisks(place), kind);
  }

  /** A fault of three servers on machines of their own. */
  private interface KindOnHosts {
    Fault of(ThreeServers three, Hosts hosts) throws IOException;
  }

  private Verdict onHosts(KindOnHosts kind) throws Exception {
    try (Hosts hosts = Hosts.make(ThreeServers.NODES)) {
      return on(ground().on(hosts), three -> kind.of(three, hosts));
    }
  }

  private Verdict on(Ground ground, Kind kind) throws Exception {
    try (ThreeServers three = ThreeServers.start(ground, place, seed)) {
      return campaign().run(three.any(), three.addresses(), kind.of(three), ordeal.strikes());
    }
  }

  /** Clients of a group, in processes of their own. */
  private interface Clients {
    ClientFaults of(ThreeServers three) throws IOException;
  }

  private Verdict withClients(Clients kind) throws Exception {
    Ground ground = ordeal == Ordeal.CLIENTS_PAUSED ? Ground.plain(IMPATIENT) : ground();
    try (ThreeServers three = ThreeServers.start(ground, place, seed);
        ClientFaults clients = kind.of(three)) {
      return campaign()
          .run(three.any(), three.addresses(), three.inTurn(clients), ordeal.strikes());
    }
  }
}
