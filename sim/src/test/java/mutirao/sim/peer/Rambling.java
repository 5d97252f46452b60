package mutirao.sim.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.sim.oracle.Conversation;
import mutirao.sim.server.SimLink;
import mutirao.sim.world.World;

/**
 * Sends what is no frame at all: chance, halves, depths, lengths, and the right thing at a wrong
 * time.
 */
final class Rambling implements Habit {
  private static final List<String> LINES =
      List.of(
          "{",
          "}\n",
          "[]\n",
          "null\n",
          "{\"type\":\"broadcast\",\"message\":\"half",
          "{\"type\":\"broadcast\",\"message\":\"\\ud800\"}\n",
          "{\"type\":\"ping\",\"type\":\"ping\"}\n",
          "{\"type\":\"submit\",\"operation\":1}\n",
          "{\"type\":\"submit\",\"operation\":\"sum\",\"priority\":10}\n",
          "{\"type\":\"dance\",\"ref\":\"rambling\"}\n",
          "{\"ref\":\"rambling\"}\n",
          "{\"type\":\"register\",\"name\":\"a b\"}\n",
          "{\"type\":\"history\",\"limit\":0}\n",
          "{'type':'ping'}\n",
          "{\"type\":\"done\",\"task\":\"21\",\"attempt\":NaN}\n",
          "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
          "\n\r\n  \n",
          "{\"type\":\"ping\"}{\"type\":\"ping\"} {\"type\":\"pong\"}\n");

  private static final int LINES_IN_A_ROW = 12;
  private static final int MAX_NOISE_BYTES = 200;
  private static final int DEPTH = 80;
  private static final int CROWD = 25;

  private static final SimLink.Client DEAF =
      new SimLink.Client() {
        @Override
        public void received(byte[] bytes) {}

        @Override
        public void ended() {}
      };

  private final Town town;
  private final World world;

  Rambling(Town town) {
    this.town = town;
    this.world = town.world;
  }

  @Override
  public void act(SimPeer self) {
    switch (world.below(10)) {
      case 0 -> {
        byte[] noise = new byte[1 + world.below(MAX_NOISE_BYTES)];
        world.fill(noise);
        self.sayRubbish(noise);
      }
      case 1 -> self.sayRubbish(("{\"type\":" + "[".repeat(DEPTH) + "\n").getBytes(UTF_8));
      case 2 -> {
        for (int i = 0; i < LINES_IN_A_ROW; i++) {
          self.sayRubbish("nonsense\n".getBytes(UTF_8));
        }
      }
      case 3 -> {
        if (world.percent(30)) {
          int tooMuch = Math.max(town.config.maxFrameBytes(), 64 * 1024) + 1;
          self.sayRubbish(("{\"type\":\"" + "x".repeat(tooMuch)).getBytes(UTF_8));
        }
      }
      case 4 -> self.say(new ClientFrame.Ping(self.ref()));
      case 5 -> {
        if (world.percent(15)) {
          crowd();
        }
      }
      default -> self.sayRubbish(world.oneOf(LINES).getBytes(UTF_8));
    }
  }

  /** Opens many connections and says nothing on them, as a scanner does. */
  private void crowd() {
    for (int i = 0; i < CROWD && !world.healed(); i++) {
      Conversation empty = town.oracle.listen(town.network.nextNumber(), true);
      empty.happensOn(town.network.connect(DEAF, empty));
    }
  }
}
