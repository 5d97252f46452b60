package mutirao.cli.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import mutirao.cli.text.Quantities;

/**
 * Moments as people write them: {@code 2h} ago, the day {@code 2026-11-24}, {@code 2026-11-24
 * 14:00}, or with a zone as in ISO 8601.
 */
public final class Moments {
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private final Instant now;
  private final ZoneId zone;

  /** Moments as seen now, there. */
  public Moments(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** When something begins; a day begins with its first moment. Empty: that is no moment. */
  public Optional<Instant> since(String text) {
    return read(text, false);
  }

  /** When something ends; a day ends with its last moment. Empty: that is no moment. */
  public Optional<Instant> until(String text) {
    return read(text, true);
  }

  private Optional<Instant> read(String text, boolean ends) {
    Optional<Duration> ago = Quantities.duration(text);
    if (ago.isPresent()) {
      return Optional.of(notBeforeOurTime(now.toEpochMilli() - ago.get().toMillis()));
    }
    String moment = text.strip().replace(' ', 'T');
    try {
      Instant read;
      if (DAY.matcher(moment).matches()) {
        LocalDate day = LocalDate.parse(moment);
        read =
            ends
                ? day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)
                : day.atStartOfDay(zone).toInstant();
      } else if (moment.endsWith("Z") || moment.lastIndexOf('+') > 0) {
        read = OffsetDateTime.parse(moment).toInstant();
      } else {
        read = LocalDateTime.parse(moment).atZone(zone).toInstant();
      }
      return Optional.of(notBeforeOurTime(read.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Nothing was said before 1970; the protocol knows no such time. */
  private static Instant notBeforeOurTime(long epochMs) {
    return Instant.ofEpochMilli(Math.max(0, epochMs));
  }
}
