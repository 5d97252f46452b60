package mutirao.raft.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.raft.codec.EventHash;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Windows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final List<String> THREE = List.of("n1", "n2", "n3");

  private final Checks n1 = new Checks("n1", EventHash.VERSION);

  @BeforeEach
  void oneWindowIsOver() {
    n1.end(100, 7);
  }

  private static LogRecord.OfCheck vote(String node, long position, long hash) {
    return new LogRecord.OfCheck(node, EventHash.VERSION, position, hash);
  }

  @Test
  void whoIsAloneWithItsHashIsWrongEvenIfItLeads() {
    assertFalse(n1.outvoted(vote("n1", 100, 7), THREE, "n1"));
    assertFalse(n1.outvoted(vote("n2", 100, 8), THREE, "n1"));
    assertTrue(n1.outvoted(vote("n3", 100, 8), THREE, "n1"));
  }

  @Test
  void whoIsWithTheMajorityIsRight() {
    assertFalse(n1.outvoted(vote("n2", 100, 8), THREE, "n2"));
    assertFalse(n1.outvoted(vote("n3", 100, 7), THREE, "n2"));
    assertEquals(1, n1.agreements());
  }

  @Test
  void oneServerCountsOnce() {
    assertFalse(n1.outvoted(vote("n2", 100, 8), THREE, "n2"));
    assertFalse(n1.outvoted(vote("n2", 100, 8), THREE, "n2"));
    assertFalse(n1.outvoted(vote("gone", 100, 8), THREE, "n2"));
  }

  @Test
  void ofTwoTheLeaderIsBelieved() {
    List<String> two = List.of("n1", "n2");
    assertFalse(n1.outvoted(vote("n2", 100, 8), two, "n1"));
    assertFalse(n1.outvoted(vote("n2", 100, 8), two, null));
    assertTrue(n1.outvoted(vote("n2", 100, 8), two, "n2"));
  }

  @Test
  void whatIsNotKnownIsNotCompared() {
    LogRecord.OfCheck other = new LogRecord.OfCheck("n2", EventHash.VERSION + 1, 100, 8);
    assertFalse(n1.outvoted(other, List.of("n1", "n2"), "n2"));
    assertFalse(n1.outvoted(vote("n2", 200, 8), List.of("n1", "n2"), "n2"));
  }

  @Test
  void theLeaderTellsAndTheOthersAnswerOnce() {
    assertNull(n1.due(false));
    assertEquals(new Windows.Window(100, 7), n1.due(true));
    assertNull(n1.due(true));

    Checks n2 = new Checks("n2", EventHash.VERSION);
    n2.end(100, 7);
    n2.end(200, 9);
    n2.outvoted(vote("n1", 100, 7), THREE, "n1");
    assertEquals(new Windows.Window(100, 7), n2.due(false));
    assertNull(n2.due(false));
  }

  @Test
  void whoGoesOnFromASnapshotStillKnowsWhatItMade() {
    Checks restored = new Checks("n1", EventHash.VERSION);
    restored.restore(n1.image(3));
    assertFalse(restored.outvoted(vote("n2", 100, 8), THREE, "n2"));
    assertTrue(restored.outvoted(vote("n3", 100, 8), THREE, "n2"));
  }

  @Test
  void aWindowOfWhichThereIsOnlyAPartIsNotCompared() {
    Checks restored = new Checks("n1", EventHash.VERSION);
    restored.restore(Windows.NONE);
    restored.end(100, 7);
    assertNull(restored.due(true));
    restored.end(200, 8);
    assertEquals(new Windows.Window(200, 8), restored.due(true));
  }

  @Test
  void aWindowEndsWithTheBatchThatReachesIt() {
    assertFalse(Checks.ends(0, 99));
    assertTrue(Checks.ends(99, 100));
    assertFalse(Checks.ends(100, 199));
    assertTrue(Checks.ends(150, 450));
  }
}
