package mutirao.sim.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mutirao.sim.world.Faults;
import mutirao.sim.world.World;

/** All connections to the servers, and what happens to them. */
public final class SimNetwork {
  final World world;
  final Faults faults;
  final Servers servers;
  final UnaryOperator<byte[]> mouth;
  private final List<SimLink> links = new ArrayList<>();
  private int numbers;

  /**
   * A network without connections.
   *
   * @param mouth what becomes of the bytes that the gateway hands over
   */
  public SimNetwork(World world, Faults faults, Servers servers, UnaryOperator<byte[]> mouth) {
    this.mouth = mouth;
    this.world = world;
    this.faults = faults;
    this.servers = servers;
    world.after(Faults.LOOK_EVERY_MS, "mischief", this::mischief);
  }

  /**
   * Connects a client. Connections are numbered from 1 in the order of connecting.
   *
   * @param client the end that reads what arrives
   * @param tap hears what the server says at the moment it hands it to the network
   */
  public SimLink connect(SimLink.Client client, SimLink.Tap tap) {
    SimLink link = new SimLink(this, servers.reach(), ++numbers, client, tap);
    links.add(link);
    link.accept();
    return link;
  }

  /** The number the next connection will get. */
  public int nextNumber() {
    return numbers + 1;
  }

  /** Ends all faults: what stands still moves, and who is cut off learns it. */
  public void heal() {
    links.forEach(SimLink::heal);
  }

  private void mischief() {
    if (world.healed()) {
      return;
    }
    links.removeIf(SimLink::over);
    for (SimLink link : List.copyOf(links)) {
      if (world.perMille(faults.cutPerMille())) {
        link.cut();
      } else if (world.perMille(faults.halfOpenPerMille())) {
        link.fallSilent(world.percent(50), world.percent(15));
      } else if (world.perMille(faults.deafPerMille())) {
        link.goDeaf(world.between(1, faults.deafMaxMs()));
      }
    }
    world.after(Faults.LOOK_EVERY_MS, "mischief", this::mischief);
  }
}
