package mutirao.sim.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.codec.FrameWriter;
import mutirao.sim.world.World;

/**
 * Well-formed frames that lie: about who says it, about whose task it is, about what one may do.
 */
final class Lying implements Habit {
  private final Town town;
  private final World world;
  private final boolean worker;

  /** A liar, registered as a worker or as a client. */
  Lying(Town town, Role role) {
    this.town = town;
    this.world = town.world;
    this.worker = role == Role.WORKER;
  }

  @Override
  public void act(SimPeer self) {
    if (!self.here() || world.healed()) {
      return;
    }
    switch (world.below(8)) {
      case 0 -> finishSomebodyElsesTask(self);
      case 1 ->
          self.say(
              new ClientFrame.Progress(self.ref(), task(), attempt(), null, null),
              worker
                  ? List.of(ErrorCode.UNKNOWN_TASK, ErrorCode.STALE_ATTEMPT)
                  : List.of(ErrorCode.FORBIDDEN));
      case 2 ->
          self.say(new ClientFrame.Cancel(self.ref(), task()), List.of(ErrorCode.UNKNOWN_TASK));
      case 3 ->
          self.say(new ClientFrame.Query(self.ref(), task()), List.of(ErrorCode.UNKNOWN_TASK));
      case 4 -> underFalseName(self);
      case 5 -> registerAgain(self);
      case 6 -> notItsRoom(self);
      default ->
          self.say(
              new ClientFrame.Direct(self.ref(), "no:body", town.freshText(self.name(), 0), null),
              List.of(ErrorCode.UNKNOWN_TARGET));
    }
  }

  private void finishSomebodyElsesTask(SimPeer self) {
    List<ErrorCode> expected =
        worker
            ? List.of(ErrorCode.UNKNOWN_TASK, ErrorCode.STALE_ATTEMPT)
            : List.of(ErrorCode.FORBIDDEN);
    ClientFrame frame =
        world.percent(60)
            ? new ClientFrame.Done(self.ref(), task(), attempt(), town.freshObject(self.name(), 0))
            : new ClientFrame.Failed(
                self.ref(), task(), attempt(), town.freshError(), world.percent(50));
    self.say(frame, expected);
  }

  private void underFalseName(SimPeer self) {
    String other = world.oneOf(town.names);
    RawJson text = RawJson.of("\"" + self.name() + " #" + town.number() + " as " + other + '"');
    ClientFrame honest = new ClientFrame.Broadcast(self.ref(), Limits.DEFAULT_ROOM, text, null);
    String line = FrameWriter.toText(honest);
    String forged =
        line.substring(0, line.length() - 1)
            + ",\"sender\":\""
            + other
            + "\",\"seq\":1,\"timestamp\":0}\n";
    self.sayAs(honest, List.of(), forged.getBytes(UTF_8));
  }

  private void registerAgain(SimPeer self) {
    self.say(
        new ClientFrame.Register(
            self.ref(),
            world.oneOf(town.names),
            Role.CLIENT,
            null,
            1,
            false,
            true,
            ClientFrame.Credentials.NONE,
            world.percent(50) ? "0123456789abcdef" : null,
            java.util.Map.of(),
            null),
        List.of(ErrorCode.ALREADY_REGISTERED));
  }

  private void notItsRoom(SimPeer self) {
    self.say(
        new ClientFrame.Broadcast(self.ref(), "secret", town.freshText(self.name(), 0), null),
        List.of(ErrorCode.UNKNOWN_ROOM));
  }

  /** A task that is certainly not its own, mostly a recent one, or none at all. */
  private String task() {
    List<String> known = town.tasksHeardOf;
    if (known.isEmpty() || world.percent(15)) {
      return world.oneOf(List.of("1", "2zz", "é", "zzzzzzzzzzzzzz", "0"));
    }
    int back = world.below(world.percent(70) ? Math.min(4, known.size()) : known.size());
    return known.get(known.size() - 1 - back);
  }

  private int attempt() {
    return world.percent(70) ? 1 : 2 + world.below(2);
  }
}
