package mutirao.server.security;

import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mutirao.core.Settings;
import mutirao.server.ServerConfig;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** One user's flood is that user's own trouble: SEC-14, and the fair share of what all share. */
class FloodTest {
  private static final int TABLE = 40;
  private static final int BURST = 1000;
  private static final int ROOMS = 100;
  private static final String SUBMIT = "{\"type\":\"submit\",\"operation\":\"x\"}";

  private static SafeServer town(ServerConfig config) throws InterruptedException {
    return new SafeServer(config)
        .with("bruno", "member")
        .with("carla", "member")
        .with("davi", "member");
  }

  /** Says something so often; how often it was taken. */
  private static int taken(TcpClient client, String frame, int times, String answer) {
    for (int i = 0; i < times; i++) {
      client.say(frame);
    }
    int taken = 0;
    for (int i = 0; i < times; i++) {
      String said = client.next();
      boolean refused = said.contains("\"code\":\"overloaded\"");
      assertTrue(refused || said.startsWith("{\"type\":\"" + answer + "\""), said);
      assertTrue(!refused || said.contains("\"retry_after_ms\":"), said);
      taken += refused ? 0 : 1;
    }
    return taken;
  }

  @Test
  void sec14WhoSaysTooMuchIsRefusedOverAllConnectionsAndOthersAreNot() throws InterruptedException {
    String direct = "{\"type\":\"direct\",\"ref\":1,\"target\":\"ana\",\"message\":\"oi\"}";
    try (SafeServer server = town(SafeServer.CONFIG);
        TcpClient bruno = server.as("bruno");
        TcpClient again = server.as("bruno", "bruno-2", "");
        TcpClient carla = server.as("carla")) {
      assertEquals(BURST, taken(bruno, direct, BURST + 100, "delivered"));
      assertEquals(0, taken(again, direct, 10, "delivered"));
      assertEquals(10, taken(carla, direct, 10, "delivered"));
    }
  }

  @Test
  void sec14NobodyIsInMoreThanSoManyRooms() throws InterruptedException {
    try (SafeServer server = town(SafeServer.CONFIG);
        TcpClient bruno = server.as("bruno")) {
      int joined = 0;
      for (int i = 0; i < ROOMS + 20; i++) {
        bruno.say("{\"type\":\"join\",\"room\":\"r" + i + "\"}");
        joined += bruno.next().startsWith("{\"type\":\"joined\"") ? 1 : 0;
      }
      assertTrue(joined <= ROOMS, joined + " rooms");
    }
  }

  @Test
  void whoFloodsTheTableLeavesRoomForEverybodyElse() throws InterruptedException {
    try (SafeServer server =
            town(SafeServer.CONFIG.withSettings(new Settings(10_000, TABLE, 1 << 20)));
        TcpClient bruno = server.as("bruno");
        TcpClient again = server.as("bruno", "bruno.2", "");
        TcpClient carla = server.as("carla");
        TcpClient davi = server.as("davi")) {
      int flood = 0;
      for (int turn = 0; turn < 10; turn++) {
        flood += taken(bruno, SUBMIT, TABLE, "accepted");
        flood += taken(again, SUBMIT, TABLE, "accepted");
        assertEquals(1, taken(carla, SUBMIT, 1, "accepted"), "the modest one's turn " + turn);
      }
      assertTrue(flood <= TABLE / 2, flood + " of " + TABLE + " are the flood's");
      assertTrue(flood > TABLE / 3, "only " + flood + " fit");
      assertEquals(1, taken(davi, SUBMIT, 1, "accepted"), "who comes late");
    }
  }

  @Test
  void whoFloodsWithBytesLeavesRoomForEverybodyElse() throws InterruptedException {
    String large = SUBMIT.replace("}", ",\"params\":\"" + "x".repeat(10_000) + "\"}");
    try (SafeServer server =
            town(SafeServer.CONFIG.withSettings(new Settings(10_000, 10_000, 1 << 20)));
        TcpClient bruno = server.as("bruno");
        TcpClient carla = server.as("carla")) {
      int flood = taken(bruno, large, 200, "accepted");
      assertTrue(flood > 25 && flood < 40, flood + " fit");
      assertEquals(10, taken(carla, large, 10, "accepted"));
    }
  }

  @Test
  void whoseTasksAreForgottenHasRoomAgain() throws InterruptedException {
    try (SafeServer server =
            town(SafeServer.CONFIG.withSettings(new Settings(10_000, TABLE, 1 << 20)));
        TcpClient bruno = server.as("bruno")) {
      List<String> tasks = new ArrayList<>();
      for (int i = 0; i < TABLE / 2; i++) {
        bruno.say(SUBMIT.replace("}", ",\"keep_ms\":1000}"));
        tasks.add(SafeServer.task(expect(bruno, "accepted")));
      }
      assertEquals(0, taken(bruno, SUBMIT, 1, "accepted"));
      for (String task : tasks) {
        bruno.say("{\"type\":\"cancel\",\"task\":\"" + task + "\"}");
        expect(bruno, "cancelled");
      }
      server.pass(2000);
      bruno.say(SUBMIT);
      expect(bruno, "accepted");
    }
  }
}
