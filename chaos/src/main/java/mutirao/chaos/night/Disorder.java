package mutirao.chaos.night;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mutirao.chaos.campaign.Fault;
import mutirao.chaos.campaign.GroupFaults;
import mutirao.chaos.campaign.Partitions;
import mutirao.chaos.campaign.RollingRestart;
import mutirao.chaos.campaign.ServerFaults;
import mutirao.chaos.campaign.ThreeServers;
import mutirao.chaos.fault.Hosts;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;

/**
 * Any fault may follow any other, sometimes over a network that loses packets meanwhile; a quarter
 * of the time there is none.
 */
final class Disorder implements Fault {
  private static final int QUIET_ONE_IN = 4;
  private static final int LOSSY_ONE_IN = 3;
  private static final int LOST = 5;

  private final Hosts hosts;
  private final Random random;
  private final List<Fault> faults;

  Disorder(ThreeServers three, Hosts hosts, GroupFaults group, long seed) {
    this.hosts = hosts;
    this.random = new Random(seed);
    Partitions partitions = new Partitions(three, hosts);
    this.faults =
        List.of(
            three.ofLeader(ServerFaults::crash),
            three.ofFollower(ServerFaults::crash),
            three.crashOfAll(),
            three.ofLeader(ServerFaults::pause),
            three.ofFollower(ServerFaults::pause),
            three.inTurn(ServerFaults::restart),
            three.inTurn(ServerFaults.failingSync()),
            new RollingRestart(three),
            partitions.inTurn(),
            partitions.poorInTurn(),
            group.powerCutOfAll(),
            group.powerCut(),
            group.changeOfMajorities(),
            group.slowDisk(),
            group.fullDisk(),
            group.wrongClock(),
            group.starvation());
  }

  @Override
  public void begin(Load load) {
    faults.forEach(fault -> fault.begin(load));
  }

  @Override
  public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
    if (random.nextInt(QUIET_ONE_IN) == 0) {
      TimeUnit.MILLISECONDS.sleep(downMs);
      return;
    }
    if (random.nextInt(LOSSY_ONE_IN) == 0) {
      for (String node : ThreeServers.NODES) {
        hosts.lose(node, LOST);
      }
    }
    faults.get(random.nextInt(faults.size())).strike(any, downMs);
    hosts.mend();
  }
}
