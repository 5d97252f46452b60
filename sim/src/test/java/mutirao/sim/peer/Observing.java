package mutirao.sim.peer;

import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.sim.world.World;

/** Looks on as an observer may, and tries what it may not. */
final class Observing implements Habit {
  private static final List<ErrorCode> FORBIDDEN = List.of(ErrorCode.FORBIDDEN);

  private final Town town;
  private final World world;

  Observing(Town town) {
    this.town = town;
    this.world = town.world;
  }

  @Override
  public void act(SimPeer self) {
    switch (world.below(9)) {
      case 0 -> self.say(new ClientFrame.Status(self.ref()));
      case 1 -> self.say(new ClientFrame.History(self.ref(), Limits.DEFAULT_ROOM, 20, null));
      case 2 -> self.say(new ClientFrame.Join(self.ref(), world.oneOf(Town.ROOMS)));
      case 3 -> self.say(new ClientFrame.Leave(self.ref(), world.oneOf(Town.ROOMS)));
      case 4 -> self.say(new ClientFrame.Tasks(self.ref(), null, 10, null));
      case 5 -> self.say(new ClientFrame.Workers(self.ref()));
      case 6 ->
          forbidden(
              self,
              new ClientFrame.Broadcast(
                  self.ref(), Limits.DEFAULT_ROOM, town.freshText(self.name(), 0), null));
      case 7 ->
          forbidden(
              self,
              new ClientFrame.Direct(
                  self.ref(), world.oneOf(town.names), town.freshText(self.name(), 0), null));
      default -> forbidden(self, new ClientFrame.Drain(self.ref()));
    }
  }

  private static void forbidden(SimPeer self, ClientFrame frame) {
    // Said before it is registered, it is refused for another reason.
    self.say(frame, self.here() ? FORBIDDEN : List.of());
  }
}
