package mutirao.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import mutirao.core.Machine;
import mutirao.core.log.Log;
import mutirao.core.log.MemoryLog;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Proposer;
import mutirao.server.gateway.Transport;
import mutirao.server.story.wire.ManualClock;
import org.junit.jupiter.api.Test;

/**
 * A log that stands still: the line of what waits for it is bounded, and nobody goes unanswered.
 */
class FullLineTest {
  private static final long SEED = 42;

  @Test
  void whatDoesNotFitIntoTheLineIsRefusedAndWhatNeedsNoLineIsAnswered() {
    StandingLog log = new StandingLog();
    Reader reader = new Reader();
    Gateway gateway =
        new Gateway(
            RunningServer.CONFIG,
            log,
            new Machine(RunningServer.CONFIG.settings()),
            new ManualClock(),
            new Random(SEED)::nextBytes);
    Peer peer = gateway.connect(reader);
    reader.peer = peer;
    gateway.welcome(peer);
    receive(peer, "{\"type\":\"register\",\"name\":\"ana\",\"presence\":false}\n");
    gateway.pump();
    assertTrue(reader.takeText().startsWith("{\"type\":\"registered\""));

    log.stands = true;
    String submit = "{\"type\":\"submit\",\"operation\":\"x\"}\n";
    receive(peer, submit);
    gateway.pump();
    receive(peer, submit.repeat(Proposer.MAX_WAITING));
    gateway.pump();
    assertEquals("", reader.takeText());

    receive(peer, "{\"type\":\"submit\",\"operation\":\"x\",\"ref\":1}\n");
    receive(peer, "{\"type\":\"query\",\"task\":\"11\",\"ref\":2}\n");
    receive(peer, "{\"type\":\"ping\",\"ref\":3}\n");
    receive(peer, "?\n");
    receive(peer, "{\"type\":\"quit\",\"ref\":4}\n");
    gateway.pump();
    String[] answers = reader.takeText().split("\n", -1);
    assertTrue(
        answers[0].startsWith("{\"type\":\"error\",\"ref\":1,\"code\":\"overloaded\""), answers[0]);
    assertTrue(answers[0].contains("\"retry_after_ms\":1000"), answers[0]);
    assertTrue(
        answers[1].startsWith("{\"type\":\"error\",\"ref\":2,\"code\":\"overloaded\""), answers[1]);
    assertTrue(answers[2].startsWith("{\"type\":\"pong\",\"ref\":3,"), answers[2]);
    assertTrue(answers[3].startsWith("{\"type\":\"error\",\"code\":\"malformed\""), answers[3]);
    assertTrue(
        answers[4].startsWith("{\"type\":\"error\",\"ref\":4,\"code\":\"overloaded\""), answers[4]);
    assertEquals(6, answers.length);
  }

  private static void receive(Peer peer, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    peer.receive(bytes, 0, bytes.length);
  }

  /** A log in memory that at some time no longer answers. */
  private static final class StandingLog implements Log {
    private final MemoryLog log = new MemoryLog();
    private boolean stands;

    @Override
    public void start(Listener listener) {
      log.start(listener);
    }

    @Override
    public void append(Batch batch) {
      if (!stands) {
        log.append(batch);
      }
    }

    @Override
    public void close() {
      log.close();
    }
  }

  private static final class Reader implements Transport {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Peer peer;

    @Override
    public void flush() {
      while (peer.outbox().take((bytes, length) -> received.write(bytes, 0, length))) {
        peer.outbox().sent();
      }
    }

    @Override
    public void close() {
      flush();
    }

    @Override
    public String remote() {
      return "in process";
    }

    String takeText() {
      String text = received.toString(UTF_8);
      received.reset();
      return text;
    }
  }
}
