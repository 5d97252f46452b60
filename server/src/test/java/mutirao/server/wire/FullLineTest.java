package mutirao.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import mutirao.core.Machine;
import mutirao.core.log.Log;
import mutirao.core.log.MemoryLog;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Proposer;
import mutirao.server.story.wire.ManualClock;
import org.junit.jupiter.api.Test;

/**
 * A log that stands still: the line of what waits for it is bounded, and nobody goes unanswered.
 */
class FullLineTest {
  private static final long SEED = 42;
  private static final String SUBMIT = "{\"type\":\"submit\",\"operation\":\"x\"}\n";

  private static Gateway gateway(StandingLog log) {
    return new Gateway(
        RunningServer.CONFIG,
        log,
        new Machine(RunningServer.CONFIG.settings()),
        new ManualClock(),
        new Random(SEED)::nextBytes);
  }

  @Test
  void whatDoesNotFitIntoTheLineIsRefusedAndWhatNeedsNoLineIsAnswered() {
    StandingLog log = new StandingLog();
    Gateway gateway = gateway(log);
    Reader reader = Reader.connect(gateway);
    reader.say("{\"type\":\"register\",\"name\":\"ana\",\"presence\":false}\n");
    gateway.pump();
    assertTrue(reader.takeText().startsWith("{\"type\":\"registered\""));

    log.stands = true;
    String submit = "{\"type\":\"submit\",\"operation\":\"x\"}\n";
    reader.say(submit);
    gateway.pump();
    reader.say(submit.repeat(Proposer.MAX_WAITING));
    gateway.pump();
    assertEquals("", reader.takeText());

    reader.say("{\"type\":\"submit\",\"operation\":\"x\",\"ref\":1}\n");
    reader.say("{\"type\":\"query\",\"task\":\"11\",\"ref\":2}\n");
    reader.say("{\"type\":\"ping\",\"ref\":3}\n");
    reader.say("?\n");
    reader.say("{\"type\":\"quit\",\"ref\":4}\n");
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

  @Test
  void whoFillsTheLineLeavesRoomForEverybodyElse() {
    StandingLog log = new StandingLog();
    Gateway gateway = gateway(log);
    said(
        Reader.connect(gateway),
        gateway,
        "{\"type\":\"register\",\"presence\":false}\n" + add("ana", "admin"));
    Reader ana = Reader.connect(gateway);
    said(ana, gateway, login("ana", "ana"));
    said(ana, gateway, add("bruno", "member") + add("carla", "member"));
    Reader bruno = Reader.connect(gateway);
    Reader again = Reader.connect(gateway);
    Reader carla = Reader.connect(gateway);
    assertTrue(
        said(bruno, gateway, login("bruno", "bruno")).startsWith("{\"type\":\"registered\""));
    said(again, gateway, login("bruno-2", "bruno"));
    said(carla, gateway, login("carla", "carla"));

    log.stands = true;
    said(ana, gateway, SUBMIT);
    String tasks = "{\"type\":\"tasks\"}\n";
    bruno.say(tasks.repeat(Proposer.MAX_WAITING * 2 / 5));
    again.say(tasks.repeat(Proposer.MAX_WAITING * 2 / 5));
    gateway.pump();
    assertTrue(bruno.takeText().isEmpty());
    String refused = again.takeText();
    assertEquals(Proposer.MAX_WAITING * 3 / 10, refused.split("\n", -1).length - 1);
    assertEquals("", said(carla, gateway, SUBMIT.repeat(1000)), "all of it is in line");
    assertTrue(said(bruno, gateway, SUBMIT).contains("\"overloaded\""));
  }

  private static String said(Reader reader, Gateway gateway, String frames) {
    reader.say(frames);
    gateway.pump();
    return reader.takeText();
  }

  private static String add(String user, String role) {
    return "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\"%s\",\"account_role\":\"%s\",\"password\":\"obras-2026\"}\n"
        .formatted(user, role);
  }

  private static String login(String name, String user) {
    return "{\"type\":\"register\",\"presence\":false,\"name\":\"%s\",\"username\":\"%s\",\"password\":\"obras-2026\"}\n"
        .formatted(name, user);
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
}
