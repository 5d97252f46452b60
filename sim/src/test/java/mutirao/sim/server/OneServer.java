package mutirao.sim.server;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.history.History;
import mutirao.sim.world.Faults;
import mutirao.sim.world.Host;
import mutirao.sim.world.Witness;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** A server for itself, with a log that may be slow and may fail, on a host that does not. */
public final class OneServer implements Servers {
  private final World world;
  private final ServerConfig config;
  private final Machine machine;
  private final UnaryOperator<Log> before;
  private final SimLog log;
  private @Nullable SimServer server;

  /**
   * A server that is not started.
   *
   * @param before what stands between its gateway and its log
   */
  public OneServer(
      World world, Faults faults, ServerConfig config, Machine machine, UnaryOperator<Log> before) {
    this.world = world;
    this.config = config;
    this.machine = machine;
    this.before = before;
    this.log = new SimLog(world, faults);
  }

  @Override
  public boolean several() {
    return false;
  }

  @Override
  public List<Entry> entries() {
    return log.entries();
  }

  @Override
  public State truth() {
    return machine.state();
  }

  @Override
  public void start(Witness witness, Runnable afterwards) {
    Host host = Host.running(world, config.node());
    SimServer started =
        new SimServer(world, host, config, before.apply(log), machine, History.NONE);
    server = started;
    log.watchedBy(
        witness,
        () -> {
          afterwards.run();
          started.schedulePump();
        });
  }

  @Override
  public SimServer reach() {
    return Objects.requireNonNull(server);
  }

  @Override
  public void heal() {
    // Its log fails no more once the world is healed.
  }

  @Override
  public boolean calm() {
    return !log.busy();
  }

  @Override
  public List<State> states() {
    return List.of(machine.state());
  }

  @Override
  public int connectionCount() {
    return reach().connectionCount();
  }
}
