package mutirao.raft.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The group's time, whoever's clock makes it. */
class LogTimeTest {
  private static final long HOUR_MS = 3_600_000;

  private long clockMs = 10 * HOUR_MS;
  private final LogTime time = new LogTime(() -> clockMs);

  private void lead() {
    time.lead();
    time.begin();
  }

  @Test
  void theFirstLeaderOfAllGoesByItsClock() {
    time.lead();
    assertFalse(time.standsStill());
    assertEquals(clockMs, time.stamp());
  }

  @Test
  void aLeaderWhoseClockIsAheadGoesOnFromTheGroupsTimeAndGainsSlowly() {
    long groupMs = clockMs - HOUR_MS;
    time.saw(groupMs, true);
    clockMs += 500;
    lead();
    assertEquals(groupMs + 500, time.stamp());
    clockMs += 10_000;
    assertEquals(groupMs + 500 + 10_000 + 100, time.stamp());
    clockMs += 101 * HOUR_MS;
    assertEquals(clockMs, time.stamp());
  }

  @Test
  void aLeaderWhoseClockIsBehindGoesOnFromTheGroupsTimeAndFallsBackSlowly() {
    long groupMs = clockMs + HOUR_MS;
    time.saw(groupMs, true);
    lead();
    assertEquals(groupMs, time.stamp());
    clockMs += 10_000;
    assertEquals(groupMs + 10_000 - 1000, time.stamp());
    clockMs += 11 * HOUR_MS;
    assertEquals(clockMs, time.stamp());
  }

  @Test
  void whoKnowsOnlyWhatWasOnItsDiskBelievesItsClock() {
    time.saw(clockMs - HOUR_MS, false);
    lead();
    assertEquals(clockMs, time.stamp());
  }

  @Test
  void timeStandsStillUntilTheTermBegins() {
    time.saw(clockMs - HOUR_MS, false);
    clockMs += 700;
    time.lead();
    assertTrue(time.standsStill());
    assertEquals(clockMs - 700 - HOUR_MS, time.stamp());
    time.begin();
    assertEquals(clockMs, time.stamp());
  }

  @Test
  void timeDoesNotStandStillForEver() {
    time.saw(clockMs - HOUR_MS, true);
    time.lead();
    clockMs += 5000;
    assertFalse(time.standsStill());
    assertEquals(clockMs - HOUR_MS + 50, time.stamp());
  }

  @Test
  void aFollowerGoesByTheNewestStamp() {
    lead();
    time.follow();
    time.saw(clockMs + 2000, false);
    clockMs += 10;
    assertEquals(clockMs + 2000, time.at(clockMs));
  }
}
