package mutirao.sim.peer;

import mutirao.sim.oracle.Conversation;
import mutirao.sim.world.SimLink;

/** Opens many connections and says nothing on them, as a scanner does. */
final class Crowding implements Habit {
  private static final int AT_ONCE = 25;

  private static final SimLink.Client DEAF =
      new SimLink.Client() {
        @Override
        public void received(byte[] bytes) {}

        @Override
        public void ended() {}
      };

  private final Town town;

  Crowding(Town town) {
    this.town = town;
  }

  @Override
  public void act(SimPeer self) {
    if (town.world.healed() || !town.world.percent(15)) {
      return;
    }
    for (int i = 0; i < AT_ONCE; i++) {
      Conversation empty = town.oracle.listen(town.network.nextNumber(), true);
      empty.happensOn(town.network.connect(DEAF, empty));
    }
  }
}
