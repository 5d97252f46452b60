package mutirao.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import mutirao.core.Limits;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesWithEachAttemptGiveOrTakeAFifth() {
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 1; attempt <= 11; attempt++) {
      long plain = 1000L << (attempt - 1);
      boolean shorter = false;
      boolean longer = false;
      for (int i = 0; i < 1000; i++) {
        long waitMs = Backoff.waitMs(1000, attempt, random.nextLong());
        assertTrue(waitMs >= plain * 80 / 100 && waitMs <= plain * 120 / 100);
        shorter |= waitMs < plain * 85 / 100;
        longer |= waitMs > plain * 115 / 100;
      }
      assertTrue(shorter && longer, "chance does not spread the waits of attempt " + attempt);
    }
  }

  @Test
  void isNeverLongerThanAnHourAndNeverOverflows() {
    for (long backoffMs : new long[] {0, 1, 1000, 3_600_000, 315_360_000_000L}) {
      for (int attempt = 1; attempt <= 1000; attempt++) {
        for (long chance : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
          long waitMs = Backoff.waitMs(backoffMs, attempt, chance);
          assertTrue(waitMs >= 0 && waitMs <= Limits.MAX_BACKOFF_MS);
        }
      }
    }
    assertEquals(0, Backoff.waitMs(0, 5, 17));
  }

  @Test
  void theSameChanceGivesTheSameWait() {
    assertEquals(Backoff.waitMs(1000, 3, 42), Backoff.waitMs(1000, 3, 42));
  }
}
