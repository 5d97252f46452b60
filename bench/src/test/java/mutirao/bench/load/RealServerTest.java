package mutirao.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peers.own.MutiraoPeer;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;

/** A little of every workload on our own server; what is asserted are counts, never times. */
class RealServerTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final MutiraoPeer peer =
      new MutiraoPeer(
          new PeerOptions(Path.of("java"), List.of(), Path.of("none"), null, OptionalLong.empty()));

  private static RunningServer running(TestServer server) {
    return RunningServer.external(server.address(), OptionalLong.empty());
  }

  private static void assertRight(Load load) throws Exception {
    load.open();
    load.drive(ENOUGH_NANOS, () -> {});
    Verdict verdict = load.drain(100 * ENOUGH_NANOS);
    assertTrue(verdict.ok(), verdict.firstFailure());
    assertTrue(verdict.completed() > 0);
    assertEquals(verdict.sent(), verdict.completed());
  }

  @Test
  void tasksComeBackRightOneAtATimeAndMany() throws Exception {
    try (TestServer server = TestServer.start()) {
      for (TaskShape shape : List.of(TaskShape.ONE_AT_A_TIME, TaskShape.MANY)) {
        String session = "w" + shape.window();
        try (Load load = new TaskLoad(peer, running(server), shape, session, Schedule.closed())) {
          assertRight(load);
        }
      }
    }
  }

  @Test
  void everyMemberHearsTheSameStream() throws Exception {
    try (TestServer server = TestServer.start();
        Load load = new FanOutLoad(peer, running(server), 10, "chat")) {
      assertRight(load);
    }
  }

  @Test
  void idleConnectionsAreGreeted() throws Exception {
    try (TestServer server = TestServer.start();
        IdleLoad load = new IdleLoad(peer, running(server), 200, "idle")) {
      Verdict verdict = load.measure(1, share -> {}).verdict();
      assertTrue(verdict.ok(), verdict.firstFailure());
    }
  }
}
