package mutirao.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aClosedLoopCountsWhatCompletesInTheWindow() {
    Tally tally = new Tally(false);
    tally.complete(0, 5 * MILLI);
    tally.begin(10 * MILLI);
    tally.complete(8 * MILLI, 12 * MILLI);
    tally.end(20 * MILLI);
    tally.complete(19 * MILLI, 21 * MILLI);
    assertEquals(1, tally.completed());
    assertEquals(1, tally.latencies().count());
    assertEquals(4000, tally.latencies().micros(100), 4);
  }

  @Test
  void anOpenLoopCountsTheLatencyOfWhatWasDueInTheWindow() {
    Tally tally = new Tally(true);
    tally.begin(10 * MILLI);
    tally.complete(9 * MILLI, 12 * MILLI);
    tally.complete(11 * MILLI, 13 * MILLI);
    tally.end(20 * MILLI);
    tally.complete(19 * MILLI, 500 * MILLI);
    tally.complete(20 * MILLI, 21 * MILLI);
    assertEquals(2, tally.completed());
    assertEquals(2, tally.latencies().count());
    assertEquals(481_000, tally.latencies().micros(100), 500);
  }

  /**
   * A server that stands still for a second while 1,000 tasks a second are due: measured from when
   * they were due, half of a second's tasks waited at least half a second. Measured from when they
   * were sent, one would.
   */
  @Test
  void aPauseShowsInTheLatencyOfAllTasksThatWereDueDuringIt() {
    Tally tally = new Tally(true);
    Schedule schedule = Schedule.open(1000);
    schedule.start(0);
    tally.begin(0);
    long pauseEnd = 1000 * MILLI;
    while (schedule.dueNanos() < 2000 * MILLI) {
      long due = schedule.dueNanos();
      tally.complete(due, Math.max(due, pauseEnd) + MILLI);
      schedule.next();
    }
    assertEquals(2000, tally.latencies().count());
    assertEquals(1000, tally.latencies().micros(50), 1);
    assertEquals(501_000, tally.latencies().micros(75), 1500);
    assertTrue(tally.latencies().micros(99) > 950_000);
  }

  @Test
  void dueTimesDoNotDrift() {
    Schedule schedule = Schedule.open(3);
    schedule.start(-5);
    for (int i = 0; i < 3_000_000; i++) {
      assertEquals(i % 4, schedule.submitter(4));
      schedule.next();
    }
    assertEquals(1e15 - 5, (double) schedule.dueNanos(), 1.0);
  }

  @Test
  void outOfRangeTimesCountAsTheNearestInRange() {
    Latencies latencies = new Latencies();
    latencies.record(-1);
    latencies.record(Long.MAX_VALUE);
    assertEquals(2, latencies.count());
    assertEquals(0, latencies.micros(50));
    assertEquals(600_000_000, latencies.micros(100), 600_000);
  }

  @Test
  void nothingCountedIsNoNumber() {
    assertTrue(Double.isNaN(new Latencies().percentiles().p99()));
  }
}
