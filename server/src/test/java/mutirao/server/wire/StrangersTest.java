package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** Connections of people nobody knows: how much, and for how long, they may take. */
class StrangersTest {
  private static final int CROWD = 200;

  @Test
  void sec13WhoDoesNotRegisterIsLetGoAfterTenSeconds() throws InterruptedException {
    try (RunningServer server = new RunningServer()) {
      List<TcpClient> slow = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        TcpClient one = server.connect();
        one.send(new byte[] {'{'});
        slow.add(one);
      }
      server.awaitConnections(CROWD + 1);
      // A byte now and then is no registration.
      for (int second = 0; second < 13; second++) {
        server.pass(1000);
        slow.forEach(one -> one.send(new byte[] {'"'}));
        slow.forEach(one -> one.send(new byte[] {' '}));
      }
      for (TcpClient one : slow) {
        String last = RunningServer.lastFrame(one);
        assertTrue(last.contains("\"not_registered\""), last);
        one.close();
      }
      server.awaitConnections(1);
      server.assertHealthy();
    }
  }

  @Test
  void sec13AFrameThatTakesTooLongEndsTheConnectionOfAUserToo() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.registered("ana")) {
      ana.send("{\"type\":\"broadcast\",\"message\":\"".getBytes(UTF_8));
      for (int second = 0; second < 40; second++) {
        server.pass(1000);
        ana.send(new byte[] {'a'});
      }
      String last = RunningServer.lastFrame(ana);
      assertTrue(last.startsWith("{\"type\":\"error\",\"code\":\"malformed\""), last);
      assertTrue(last.contains("took too long"), last);
      server.awaitConnections(1);
      server.assertHealthy();
    }
  }

  @Test
  void theTimeOfAFrameBeginsAnewWithEachFrame() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.registered("ana")) {
      // Always the end of one frame and the beginning of the next, so that there is no pause.
      ana.send("{\"type\":".getBytes(UTF_8));
      for (int round = 0; round < 6; round++) {
        server.pass(20_000);
        ana.send("\"ping\"}{\"type\":".getBytes(UTF_8));
        String pong = ana.nextWith("\"pong\"");
        assertTrue(pong.startsWith("{\"type\":\"pong\""), pong);
      }
      ana.send("\"ping\"}\n".getBytes(UTF_8));
      assertTrue(ana.nextWith("\"pong\"").startsWith("{\"type\":\"pong\""));
      // With nothing begun there is no hurry.
      server.pass(40_000);
      ana.say("{\"type\":\"ping\"}");
      assertTrue(ana.nextWith("\"pong\"").startsWith("{\"type\":\"pong\""));
    }
  }
}
