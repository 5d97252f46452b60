package mutirao.server.gateway.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;

/** What is owed is told to the sum of all, and a sum that is too large calls large debtors in. */
class OutboxTest {
  private static final int LARGE = 300 * 1024;
  private static final byte[] LINES = "x".repeat(LARGE).getBytes(UTF_8);
  private static final ServerFrame PING = new ServerFrame.Ping(1);

  private final Debt debt = new Debt(3 * LARGE);
  private final Outbox outbox = new Outbox(10 * LARGE, debt);

  @Test
  void theSumIsRightAtTheEndOfATurnAndNothingIsOwedAfterAll() {
    assertTrue(outbox.add(PING));
    assertTrue(outbox.add(new Outbox.Shared(LINES, LARGE)));
    assertTrue(outbox.add(PING));
    int owed = outbox.owedBytes();
    for (int left = 3; left > 0; left--) {
      assertTrue(outbox.take((_, _) -> {}));
      assertEquals(outbox.owedBytes(), debt.owedBytes());
      assertFalse(outbox.take((_, _) -> {}), "one write at a time");
      outbox.sent();
    }
    assertTrue(owed > LARGE);
    assertEquals(0, outbox.owedBytes());
    assertEquals(0, debt.owedBytes());
    assertFalse(outbox.take((_, _) -> {}));
  }

  @Test
  void largeDebtorsAreCalledInWhereAllTogetherOweTooMuch() {
    Outbox small = new Outbox(10 * LARGE, debt);
    assertTrue(small.add(PING));
    Outbox.Shared lines = new Outbox.Shared(LINES, LARGE);
    assertTrue(outbox.add(lines));
    assertTrue(outbox.add(lines));
    assertTrue(outbox.add(LINES, 0, LARGE));
    assertFalse(outbox.add(LINES, 0, LARGE));
    assertTrue(small.add(PING));
    outbox.replaceBy(PING);
    assertTrue(debt.owedBytes() < 100, "what was dropped is owed no more");
    assertFalse(outbox.add(lines), "nothing more goes in");
    outbox.cancelDebt();
    assertEquals(0, outbox.owedBytes());
  }

  @Test
  void aSealedOutboxOwesWhatItHasAndTakesNothingMore() {
    assertTrue(outbox.add(new Outbox.Shared(LINES, LARGE)));
    outbox.seal();
    assertTrue(outbox.add(new Outbox.Shared(LINES, LARGE)));
    assertTrue(outbox.add(PING));
    assertEquals(LARGE, outbox.owedBytes());
  }
}
