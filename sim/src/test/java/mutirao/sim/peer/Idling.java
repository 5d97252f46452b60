package mutirao.sim.peer;

import mutirao.sim.world.World;

/** Does nothing at all, or stops reading as if its screen were frozen. */
final class Idling implements Habit {
  private final World world;
  private final boolean freezes;

  Idling(Town town, boolean freezes) {
    this.world = town.world;
    this.freezes = freezes;
  }

  @Override
  public void act(SimPeer self) {
    if (freezes && !world.healed() && world.percent(25)) {
      self.stopReading(world.between(500, 20_000));
    }
  }
}
