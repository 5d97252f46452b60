package mutirao.raft.parts;

import static mutirao.raft.parts.Beginning.AWAITED_NS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BeginningTest {
  private static final long NOW_NS = 1000;

  private final Beginning beginning = new Beginning();

  @Test
  void nothingIsSentBeforeAnEntryOfTheTermHasTakenEffect() {
    assertTrue(beginning.isAwaited(2, 1, NOW_NS));
    assertTrue(beginning.isAwaited(2, 1, NOW_NS + 1));
    assertFalse(beginning.isAwaited(2, 2, NOW_NS + 2));
  }

  @Test
  void whoIsFarBehindDoesNotWaitForEver() {
    assertTrue(beginning.isAwaited(2, 1, NOW_NS));
    assertTrue(beginning.isAwaited(2, 1, NOW_NS + AWAITED_NS - 1));
    assertFalse(beginning.isAwaited(2, 1, NOW_NS + AWAITED_NS));
  }

  @Test
  void theNextTermIsAwaitedAnew() {
    assertTrue(beginning.isAwaited(2, 1, NOW_NS));
    assertTrue(beginning.isAwaited(3, 1, NOW_NS + AWAITED_NS));
    assertFalse(beginning.isAwaited(3, 1, NOW_NS + 2 * AWAITED_NS));
  }
}
