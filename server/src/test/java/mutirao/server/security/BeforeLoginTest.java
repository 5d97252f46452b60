package mutirao.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import mutirao.server.docs.ShortestFrames;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** SEC-01: whoever has not logged in does nothing, and the log does not grow by it. */
class BeforeLoginTest {
  private static final String CLUSTER = "cluster";
  private static final String PONG = "{\"type\":\"pong\"";

  private static String answer(String type) {
    return switch (type) {
      case "register" -> "\"code\":\"unauthorized\"";
      case "ping", "pong" -> PONG;
      case "quit" -> "{\"type\":\"bye\"";
      default -> "\"code\":\"not_registered\"";
    };
  }

  @Test
  void sec01NoFrameDoesAnythingBeforeALogin() throws InterruptedException {
    Set<String> types = new TreeSet<>(ShortestFrames.types());
    types.add(CLUSTER);
    try (SafeServer server = new SafeServer()) {
      long before = server.position();
      for (String type : types) {
        try (TcpClient stranger = server.connect()) {
          stranger.say(type.equals(CLUSTER) ? "{\"type\":\"cluster\"}" : ShortestFrames.of(type));
          stranger.say("{\"type\":\"ping\"}");
          String said = stranger.next();
          assertTrue(said.contains(answer(type)), type + " was answered with " + said);
        }
      }
      assertEquals(before + 1, server.position(), "entries of the log");
    }
  }

  @Test
  void sec01WhoKeepsAskingIsLetGo() throws InterruptedException {
    try (SafeServer server = new SafeServer();
        TcpClient stranger = server.connect()) {
      stranger.say("{\"type\":\"submit\",\"operation\":\"x\"}");
      assertTrue(stranger.next().contains("\"not_registered\""));
      server.pass(13_000);
      String last = stranger.nextWith("nothing like this");
      assertEquals("closed", last);
    }
  }
}
