package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.chaos.check.Verdict;

/** What a campaign must have come to. */
final class Judged {
  private Judged() {}

  /** Nothing was broken, and everything could be read. */
  static void holds(Verdict verdict) {
    assertEquals(List.of(), verdict.violations());
    assertTrue(verdict.valid(), "not everything could be read");
  }

  /** The same, and so many faults there were. */
  static void holds(Verdict verdict, int faults) {
    holds(verdict);
    assertEquals(faults, verdict.counts().faults());
  }
}
