package mutirao.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import mutirao.server.Server;
import mutirao.server.gateway.Peer;
import mutirao.server.story.wire.ManualClock;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A fault of our own, planted into the clock, which is asked whenever a frame comes. */
class FaultTest {
  private static final long SEED = 42;

  /** The server looks at its clock now and then by itself too, and that fault would be another. */
  private static boolean aFrameIsRead() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals(Peer.class.getName())
                            && frame.getMethodName().equals("receive")));
  }

  @Test
  void aFaultOfOursIsToldAsInternalAndConcernsThatConnectionAlone() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger("mutirao");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setAdditive(false);
    logger.addAppender(log);
    AtomicBoolean armed = new AtomicBoolean();
    ManualClock clock = new ManualClock();
    try (Server server =
            Server.start(
                RunningServer.CONFIG,
                () -> {
                  if (aFrameIsRead() && armed.compareAndSet(true, false)) {
                    throw new IllegalStateException("planted");
                  }
                  return clock.nowMs();
                },
                new Random(SEED)::nextBytes,
                fault -> {
                  throw new AssertionError("the whole server broke", fault);
                });
        TcpClient ana = TcpClient.connect(server.address());
        TcpClient bia = TcpClient.connect(server.address())) {
      bia.say("{\"type\":\"register\",\"name\":\"bia\",\"presence\":false}");
      assertTrue(bia.next().contains("\"registered\""));
      ana.say("{\"type\":\"register\",\"name\":\"ana\",\"presence\":false}");
      assertTrue(ana.next().contains("\"registered\""));

      armed.set(true);
      ana.say("{\"type\":\"ping\"}");
      String last = RunningServer.lastFrame(ana);

      assertTrue(last.startsWith("{\"type\":\"error\",\"code\":\"internal\""), last);
      assertFalse(last.contains("planted") || last.contains("Exception"), last);
      bia.say("{\"type\":\"direct\",\"target\":\"ana\",\"message\":\"oi\",\"ref\":1}");
      assertTrue(
          bia.next().startsWith("{\"type\":\"delivered\""), "the session is broken, not gone");
    } finally {
      logger.detachAppender(log);
      logger.setAdditive(true);
    }
    assertEquals(1, log.list.size(), "one line for one fault");
    assertEquals(Level.ERROR, log.list.getFirst().getLevel());
  }
}
