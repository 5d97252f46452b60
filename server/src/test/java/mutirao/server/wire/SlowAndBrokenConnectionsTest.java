package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.Test;

/** Connections that are slow, half dead, many or in pieces. */
class SlowAndBrokenConnectionsTest {
  private static final String REGISTER =
      "{\"type\":\"register\",\"name\":\"ana\",\"presence\":false}\n";
  private static final int CROWD = 1000;

  @Test
  void aClientThatSendsAByteAtATimeIsUnderstood() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.connect()) {
      String frames =
          REGISTER + "{\"type\":\"broadcast\",\"message\":\"devagar, João\",\"ref\":1}\n";
      byte[] bytes = frames.getBytes(UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        ana.send(new byte[] {bytes[i]});
        if (i % 40 == 0) {
          server.assertHealthy();
        }
      }
      String echo = ana.nextWith("\"ref\":1");
      assertTrue(echo.contains("\"devagar, João\""), echo);
      server.assertHealthy();
    }
  }

  @Test
  void aFrameSplitAcrossPacketsAtAnyPlaceIsOneFrame() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.registered("ana")) {
      byte[] frame = "{\"type\":\"ping\",\"ref\":\"a\\u00e3ã\"}\n".getBytes(UTF_8);
      for (int split = 1; split < frame.length; split++) {
        ana.send(Arrays.copyOf(frame, split));
        server.assertHealthy();
        ana.send(Arrays.copyOfRange(frame, split, frame.length));
        String pong = ana.nextWith("\"pong\"");
        assertTrue(pong.startsWith("{\"type\":\"pong\",\"ref\":\"a\\u00e3ã\""), pong);
      }
    }
  }

  @Test
  void manyFramesInOnePacketAreAnsweredInOrder() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.registered("ana")) {
      StringBuilder frames = new StringBuilder();
      for (int i = 0; i < CROWD; i++) {
        frames.append("{\"type\":\"").append(i % 2 == 0 ? "ping" : "workers").append("\",\"ref\":");
        frames.append(i).append("}\n");
      }
      ana.send(frames.toString().getBytes(UTF_8));
      for (int i = 0; i < CROWD; i++) {
        String answer = ana.next();
        assertTrue(answer.contains("\"ref\":" + i + ","), answer);
      }
      server.assertHealthy();
    }
  }

  @Test
  void aHalfOpenConnectionIsPingedThenBrokenAndItsSessionCanBeResumed()
      throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient ana = server.registered("ana")) {
      ana.say("{\"type\":\"ping\"}");
      assertTrue(ana.next().contains("\"pong\""));
      // From here on nothing comes from it, and no end either: a cable was pulled.
      server.pass(50_000);
      String ping = ana.next();
      assertTrue(ping.startsWith("{\"type\":\"ping\""), ping);
      // Its session waits from when the connection is gone, not from when it is hung up.
      server.passUntilConnections(1);
      assertEquals(Wire.CLOSED, ana.next());
      server.healthy().say("{\"type\":\"status\"}");
      String list = server.healthy().nextWith("client_list");
      assertTrue(list.contains("[\"healthy\",\"ana\"]"), list);
      server.pass(10_000);
      server.healthy().say("{\"type\":\"status\"}");
      list = server.healthy().nextWith("client_list");
      assertTrue(list.contains("[\"healthy\"]"), list);
    }
  }

  @Test
  void aReaderThatStopsReadingIsCutOffAndTheOthersMissNothing() throws InterruptedException {
    // More than a kernel holds for a socket, and little more: who is cut off has two seconds to
    // look.
    int messages = 110;
    String message = "x".repeat(60_000);
    try (RunningServer server =
            new RunningServer(RunningServer.CONFIG.withBounds(100_000, 200_000, 100));
        TcpClient slow = server.connectWithoutReading()) {
      slow.say("{\"type\":\"register\",\"name\":\"slow\",\"presence\":false}");
      server.awaitConnections(2);
      for (int i = 1; i <= messages; i++) {
        server.healthy().say("{\"type\":\"broadcast\",\"message\":\"" + message + "\"}");
        String echo = server.healthy().next();
        assertTrue(echo.contains("\"seq\":" + i + ","), "the healthy client missed message " + i);
      }
      slow.startReading();
      String last = RunningServer.lastFrame(slow);
      assertTrue(last.contains("\"slow_consumer\""), last);
      server.assertHealthy();
    }
  }

  @Test
  void aThousandConnectAtOnceAndEachIsServed() throws Exception {
    try (RunningServer server = new RunningServer();
        ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TcpClient>> arriving = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        String name = "one-of-many-" + i;
        arriving.add(crowd.submit(() -> server.registered(name)));
      }
      List<TcpClient> arrived = new ArrayList<>();
      for (Future<TcpClient> one : arriving) {
        arrived.add(one.get());
      }
      server.awaitConnections(CROWD + 1);
      server.assertHealthy();
      for (TcpClient one : arrived) {
        assertTrue(one.next().contains("\"estou bem\""));
      }
      arrived.forEach(TcpClient::close);
      server.awaitConnections(1);
      server.assertHealthy();
    }
  }

  @Test
  void connectionsAboveTheLimitAreTurnedAwayWithAReason() throws InterruptedException {
    try (RunningServer server =
        new RunningServer(RunningServer.CONFIG.withBounds(100_000, 200_000, 2))) {
      try (TcpClient ana = server.registered("ana")) {
        for (int i = 0; i < 20; i++) {
          try (TcpClient tooMany = server.connect()) {
            String last = RunningServer.lastFrame(tooMany);
            assertTrue(last.startsWith("{\"type\":\"error\",\"code\":\"overloaded\""), last);
          }
        }
        ana.say("{\"type\":\"ping\"}");
        assertTrue(ana.next().contains("\"pong\""));
      }
      server.awaitConnections(1);
      try (TcpClient bia = server.registered("bia")) {
        bia.say("{\"type\":\"ping\"}");
        assertTrue(bia.next().contains("\"pong\""));
      }
      server.assertHealthy();
    }
  }

  @Test
  void whoClosesItsSideAtOnceStillGetsAllAnswers() throws InterruptedException {
    try (RunningServer server = new RunningServer();
        TcpClient script = server.connect()) {
      // printf … | nc -N
      StringBuilder frames = new StringBuilder(REGISTER);
      for (int i = 1; i <= 100; i++) {
        frames.append("{\"type\":\"submit\",\"operation\":\"x\",\"ref\":").append(i).append("}\n");
      }
      script.send((frames + "{\"type\":\"tasks\",\"limit\":100}").getBytes(UTF_8));
      script.endInput();
      assertTrue(script.next().startsWith("{\"type\":\"registered\""));
      for (int i = 1; i <= 100; i++) {
        String accepted = script.next();
        assertTrue(accepted.startsWith("{\"type\":\"accepted\",\"ref\":" + i + ","), accepted);
      }
      String list = script.next();
      assertEquals(101, list.split("\"task\":", -1).length, list);
      assertEquals(Wire.CLOSED, script.next());
      server.assertHealthy();
    }
  }

  @Test
  void aLongScriptMaySendAllItsFramesAtOnceRegisterIncluded() throws InterruptedException {
    int frames = 50_000;
    try (RunningServer server = new RunningServer();
        TcpClient script = server.connect()) {
      script.send((REGISTER + "{\"type\":\"ping\"}\n".repeat(frames)).getBytes(UTF_8));
      assertTrue(script.next().startsWith("{\"type\":\"registered\""));
      for (int i = 1; i <= frames; i++) {
        String pong = script.next();
        assertTrue(pong.startsWith("{\"type\":\"pong\""), "after " + i + ": " + pong);
      }
      server.assertHealthy();
    }
  }

  @Test
  void aConnectionThatIsResetInTheMiddleOfAFrameHarmsNobody() throws InterruptedException {
    try (RunningServer server = new RunningServer()) {
      for (int i = 0; i < 20; i++) {
        TcpClient ana = server.registered("ana");
        ana.send("{\"type\":\"broadcast\",\"mess".getBytes(UTF_8));
        ana.reset();
        server.awaitConnections(1);
        server.assertHealthy();
      }
    }
  }
}
