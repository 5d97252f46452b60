package mutirao.sim.group;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mutirao.core.Machine;
import mutirao.core.log.Log;
import mutirao.core.log.LogContract;
import mutirao.server.ServerConfig;
import mutirao.sim.world.Trace;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** The simulated log is a log: one of three, in a world where all is well. */
class GroupLogContractTest extends LogContract {

  @Override
  protected Log create() {
    World world = new World(1, Trace.hashOnly());
    Group group =
        new Group(
            world,
            ServerConfig.DEFAULT,
            Machine::new,
            UnaryOperator.identity(),
            Flaw.NONE,
            GroupFaults.none());
    return new Stepping(world, group);
  }

  /** Lets the world go on until it has done what was asked; the two others have no users. */
  private static final class Stepping implements Log, Log.Listener {
    private final World world;
    private final Group group;
    private final GroupLog log;
    private @Nullable Listener listener;
    private boolean decided;

    Stepping(World world, Group group) {
      this.world = world;
      this.group = group;
      this.log = Objects.requireNonNull(group.seats().get("n1")).bare();
    }

    @Override
    public void start(Listener toTell) {
      log.start(this);
      listener = toTell;
      for (String other : List.of("n2", "n3")) {
        Objects.requireNonNull(group.seats().get(other)).bare().start(new Silent());
      }
      while (group.leader() == null) {
        world.step();
      }
    }

    @Override
    public void append(Batch batch) {
      decided = false;
      log.append(batch);
      while (!decided) {
        world.step();
      }
    }

    @Override
    public void committed(long firstIndex, Batch batch, boolean own) {
      decided = true;
      Objects.requireNonNull(listener).committed(firstIndex, batch, own);
    }

    @Override
    public void failed(Batch batch, boolean definite) {
      Objects.requireNonNull(listener).failed(batch, definite);
    }

    @Override
    public void close() {
      log.close();
    }
  }

  /** Has no users. */
  private static final class Silent implements Log.Listener {
    @Override
    public void committed(long firstIndex, Log.Batch batch, boolean own) {}

    @Override
    public void failed(Log.Batch batch, boolean definite) {}
  }
}
