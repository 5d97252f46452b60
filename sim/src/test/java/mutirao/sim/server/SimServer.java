package mutirao.sim.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.Machine;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Companions;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.history.History;
import mutirao.sim.world.Host;
import mutirao.sim.world.World;

/**
 * The loop around the real gateway, as {@code mutirao.server.tcp.Loop} is: a turn after what was
 * read, and one when the gateway wants to be woken. Only the clock, chance and log are simulated.
 */
public final class SimServer {
  private static final long LONGEST_SLEEP_MS = 60_000;

  private final World world;
  private final Host host;
  private final Clock clock;
  private final Gateway gateway;
  private final Set<SimLink> links = new LinkedHashSet<>();
  private boolean dead;
  private boolean pumpScheduled;
  private long wakeUpAtMs = Long.MAX_VALUE;

  /** A server that starts now, on a host that runs. */
  public SimServer(
      World world, Host host, ServerConfig config, Log log, Machine machine, History history) {
    this.world = world;
    this.host = host;
    this.clock = host.clock();
    Chance chance = world::fill;
    Companions none = Companions.none(config.node());
    Companions companions = new Companions(history, none.cluster(), none.backups());
    this.gateway = new Gateway(config, log, machine, clock, chance, companions);
    sleepUntilNextTick();
  }

  /** What it runs on. */
  Host host() {
    return host;
  }

  /** Whether anybody can connect. */
  boolean listens() {
    return !dead;
  }

  /**
   * Its process is gone, and all it had in memory.
   *
   * @param told the other ends of its connections learn it; else they have to find out
   */
  public void die(boolean told) {
    dead = true;
    List.copyOf(links).forEach(link -> link.serverDies(told));
    links.clear();
  }

  void lost(SimLink link) {
    links.remove(link);
  }

  /** The machine's state, to look at. */
  public State state() {
    return gateway.state();
  }

  /** Connections the gateway counts. */
  public int connectionCount() {
    return gateway.connectionCount();
  }

  Peer connect(SimLink link) {
    links.add(link);
    Peer peer = gateway.connect(link);
    gateway.welcome(peer);
    schedulePump();
    return peer;
  }

  /** Lets the gateway take its turn after everything else that is due now. */
  public void schedulePump() {
    if (!pumpScheduled) {
      pumpScheduled = true;
      world.soon("turn", host.here(this::pump));
    }
  }

  private void pump() {
    pumpScheduled = false;
    gateway.pump();
    sleepUntilNextTick();
  }

  private void sleepUntilNextTick() {
    long nextMs = gateway.nextTickMs();
    if (nextMs < wakeUpAtMs) {
      wakeUpAtMs = nextMs;
      long delayMs = Math.clamp(nextMs - clock.nowMs(), 1, LONGEST_SLEEP_MS);
      world.after(delayMs, "tick", host.here(() -> wakeUp(nextMs)));
    }
  }

  private void wakeUp(long forMs) {
    // An earlier wake-up has been asked for since: that one looks after everything.
    if (wakeUpAtMs == forMs) {
      wakeUpAtMs = Long.MAX_VALUE;
      gateway.tick();
      pump();
    }
  }
}
