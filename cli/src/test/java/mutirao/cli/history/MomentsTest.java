package mutirao.cli.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Moments MOMENTS =
      new Moments(Instant.parse("2026-11-24T15:00:00Z"), ZoneId.of("America/Sao_Paulo"));

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-11-24T13:00:00Z, 2026-11-24T13:00:00Z",
    "7d, 2026-11-17T15:00:00Z, 2026-11-17T15:00:00Z",
    "2026-11-20, 2026-11-20T03:00:00Z, 2026-11-21T02:59:59.999Z",
    "2026-11-20 14:30, 2026-11-20T17:30:00Z, 2026-11-20T17:30:00Z",
    "2026-11-20T14:30:05, 2026-11-20T17:30:05Z, 2026-11-20T17:30:05Z",
    "2026-11-20T14:30:05Z, 2026-11-20T14:30:05Z, 2026-11-20T14:30:05Z",
    "2026-11-20T14:30:05+01:00, 2026-11-20T13:30:05Z, 2026-11-20T13:30:05Z",
    "1900-01-01, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "99999999d, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "2026-02-30, , ",
    "yesterday, , ",
    "'', , ",
    "2026-11-20 25:00, , ",
  })
  void isReadAsPeopleMeanIt(String text, Instant since, Instant until) {
    assertEquals(since, MOMENTS.since(text).orElse(null));
    assertEquals(until, MOMENTS.until(text).orElse(null));
  }
}
