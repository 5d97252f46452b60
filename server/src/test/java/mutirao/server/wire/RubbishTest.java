package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is no frame at all, in quantity. */
class RubbishTest {
  private static final long SEED = 20_261_124;
  private static final int CONNECTIONS = 100;
  private static final int RUBBISH_BYTES = 20_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger("mutirao");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listenToTheLog() {
    log.start();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    logger.addAppender(log);
  }

  @AfterEach
  void leaveTheLogAlone() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void binaryRubbishGetsCodedErrorsAndIsHungUpOn() throws InterruptedException {
    Random random = new Random(SEED);
    try (RunningServer server = new RunningServer()) {
      List<TcpClient> vandals = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        TcpClient vandal = i % 2 == 0 ? server.connect() : server.registered("vandal-" + i);
        byte[] rubbish = new byte[RUBBISH_BYTES];
        random.nextBytes(rubbish);
        vandal.send(rubbish);
        vandals.add(vandal);
      }
      server.assertHealthy();
      for (TcpClient vandal : vandals) {
        assertHearsOnlyErrorsThenTheEnd(vandal);
        vandal.close();
      }
      server.awaitConnections(1);
      server.assertHealthy();
    }
    assertLogIsShort();
  }

  @Test
  void nearlyFramesGetCodedErrorsWithoutATrace() throws InterruptedException {
    Random random = new Random(SEED);
    byte[] frame =
        ("{\"type\":\"submit\",\"operation\":\"sum\",\"params\":{\"numbers\":[1,2.5e3,null,true,"
                + "\"\\u00e3\\\"\"]},\"priority\":4,\"ref\":1}\n")
            .getBytes(UTF_8);
    try (RunningServer server = new RunningServer();
        TcpClient vandal = server.registered("vandal")) {
      for (int i = 0; i < 2000; i++) {
        byte[] broken = frame.clone();
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
          broken[random.nextInt(broken.length - 1)] = (byte) random.nextInt(256);
        }
        vandal.send(broken);
        // A newline ends whatever the accident left open, a good frame the row of broken ones.
        vandal.say("\n{\"type\":\"ping\",\"ref\":\"end-" + i + "\"}");
        String line = vandal.next();
        while (!line.contains("\"ref\":\"end-" + i + "\"")) {
          assertTrue(
              line.startsWith("{\"type\":\"error\"") || line.startsWith("{\"type\":\"accepted\""),
              line);
          assertNoTrace(line);
          line = vandal.next();
        }
      }
      server.assertHealthy();
    }
    assertLogIsShort();
  }

  /** SEC-11, the endless line. */
  @Test
  void anEndlessLineIsRefusedBeforeItFillsTheMemory() throws InterruptedException {
    try (RunningServer server = new RunningServer()) {
      try (TcpClient vandal = server.registered("vandal")) {
        byte[] piece = "x".repeat(64 * 1024).getBytes(UTF_8);
        vandal.send("{\"type\":\"broadcast\",\"message\":\"".getBytes(UTF_8));
        for (int i = 0; i < 64 && vandal.send(piece); i++) {
          server.assertHealthy();
        }
        // Somebody's message of the same turn may still come behind it.
        String refusal = vandal.nextWith("too_large");
        assertTrue(refusal.startsWith("{\"type\":\"error\",\"code\":\"too_large\""), refusal);
        RunningServer.lastFrame(vandal);
      }
      server.awaitConnections(1);
      server.assertHealthy();
    }
    assertLogIsShort();
  }

  @Test
  void aHundredThousandBrokenLinesWithGoodOnesBetweenAreEachAnswered() throws InterruptedException {
    int rounds = 10_000;
    try (RunningServer server = new RunningServer();
        TcpClient vandal = server.registered("vandal")) {
      byte[] broken = ("?\n".repeat(9) + "{\"type\":\"ping\"}\n").getBytes(UTF_8);
      for (int round = 0; round < rounds; round++) {
        vandal.send(broken);
        if (round % 1000 == 0) {
          server.assertHealthy();
        }
      }
      int errors = 0;
      for (int pongs = 0; pongs < rounds; ) {
        String line = vandal.next();
        if (line.contains("\"pong\"")) {
          pongs++;
        } else if (line.contains("\"malformed\"")) {
          errors++;
        }
      }
      assertEquals(9 * rounds, errors);
      server.assertHealthy();
    }
    assertLogIsShort();
  }

  private static void assertHearsOnlyErrorsThenTheEnd(TcpClient vandal) {
    String line = vandal.next();
    while (line.startsWith("{")) {
      assertTrue(
          line.startsWith("{\"type\":\"error\",\"code\":\"malformed\"")
              || line.contains("\"estou bem\""),
          line);
      assertNoTrace(line);
      line = vandal.next();
    }
    assertEquals(Wire.CLOSED, line);
  }

  private static void assertNoTrace(String line) {
    assertFalse(
        line.contains("Exception") || line.contains("java") || line.contains("tools.jackson"),
        line);
  }

  /** Nothing a stranger sends is worth a line that an operator sees, and never one a frame. */
  private void assertLogIsShort() {
    List<ILoggingEvent> events = List.copyOf(log.list);
    assertTrue(events.size() <= 2 * CONNECTIONS, () -> events.size() + " lines: " + events);
    assertEquals(
        List.of(),
        events.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)).toList());
  }
}
