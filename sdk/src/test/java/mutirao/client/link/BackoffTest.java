package mutirao.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "1, 100",
    "2, 200",
    "3, 400",
    "6, 3200",
    "7, 5000",
    "8, 5000",
    "100, 5000",
    "2147483647, 5000"
  })
  void theBoundDoublesUpToTheLongest(int attempt, long boundMs) {
    assertEquals(boundMs, new Backoff(100, 5_000, new Random(1)).boundMs(attempt));
  }

  @Test
  void theBoundCannotOverflow() {
    Backoff backoff = new Backoff(Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, new Random(1));
    assertEquals(Long.MAX_VALUE / 2, backoff.boundMs(1));
    assertEquals(Long.MAX_VALUE - 1, backoff.boundMs(3));
  }

  @Test
  void theWaitIsAnythingUpToTheBound() {
    Backoff backoff = new Backoff(9, 9, new Random(1));
    long[] waits = LongStream.range(0, 1_000).map(_ -> backoff.delayMs(1)).toArray();
    assertTrue(LongStream.of(waits).allMatch(wait -> wait >= 0 && wait <= 9));
    assertEquals(10, LongStream.of(waits).distinct().count());
  }
}
