package mutirao.sim.world;

import mutirao.core.Machine;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.server.Chance;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;

/**
 * The loop around the real gateway, as {@code mutirao.server.tcp.Loop} is: a turn after what was
 * read, and one when the gateway wants to be woken. Only the clock, chance and log are simulated.
 */
public final class SimServer {
  private static final long LONGEST_SLEEP_MS = 60_000;

  private final World world;
  private final Gateway gateway;
  private boolean pumpScheduled;
  private long wakeUpAtMs = Long.MAX_VALUE;

  /** A server that starts now. */
  public SimServer(World world, ServerConfig config, Log log, Machine machine) {
    this.world = world;
    Chance chance = world::fill;
    this.gateway = new Gateway(config, log, machine, world::nowMs, chance);
    sleepUntilNextTick();
  }

  /** The machine's state, to look at. */
  public State state() {
    return gateway.state();
  }

  /** Connections the gateway counts. */
  public int connectionCount() {
    return gateway.connectionCount();
  }

  Peer connect(Transport transport) {
    Peer peer = gateway.connect(transport);
    gateway.welcome(peer);
    schedulePump();
    return peer;
  }

  /** Lets the gateway take its turn after everything else that is due now. */
  public void schedulePump() {
    if (!pumpScheduled) {
      pumpScheduled = true;
      world.soon("turn", this::pump);
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
      long delayMs = Math.clamp(nextMs - world.nowMs(), 1, LONGEST_SLEEP_MS);
      world.after(delayMs, "tick", () -> wakeUp(nextMs));
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
