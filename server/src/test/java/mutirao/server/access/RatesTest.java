package mutirao.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mutirao.core.account.AccountRole;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import org.junit.jupiter.api.Test;

/** One user's flood is one user's business. */
class RatesTest {
  private static final ClientFrame MESSAGE =
      new ClientFrame.Broadcast(null, "lobby", RawJson.of("\"oi\""), null);
  private static final ClientFrame DIRECT =
      new ClientFrame.Direct(null, "bia", RawJson.of("\"oi\""), null);

  private final Rates rates = new Rates(200);
  private final Principal ana = new Principal("ana", AccountRole.MEMBER);

  private int taken(Principal who, ClientFrame frame, int times, long nowMs) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += rates.waitMs(who, frame, nowMs) == 0 ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aBurstAndThenSoManyASecond() {
    assertEquals(Rates.MESSAGES_AT_ONCE, taken(ana, MESSAGE, 2000, 1_000_000));
    assertEquals(10, rates.waitMs(ana, DIRECT, 1_000_000));
    assertEquals(
        10, rates.waitMs(ana, DIRECT, 999_000), "a clock that was turned back adds nothing");
    assertEquals(0, rates.waitMs(ana, DIRECT, 999_010));
    assertEquals(Rates.MESSAGES_A_SECOND, taken(ana, MESSAGE, 2000, 1_000_010));
    assertEquals(Rates.MESSAGES_AT_ONCE, taken(ana, MESSAGE, 2000, 9_000_000));
  }

  @Test
  void tasksHaveTheBoundThatTheOperatorChose() {
    ClientFrame submit =
        new ClientFrame.Submit(
            null,
            "sum",
            RawJson.EMPTY_OBJECT,
            null,
            false,
            null,
            4,
            null,
            null,
            1000,
            1,
            0,
            null,
            0,
            false,
            null);
    assertEquals(Rates.SUBMITS_AT_ONCE, taken(ana, submit, 60_000, 1_000_000));
    assertEquals(5, rates.waitMs(ana, submit, 1_000_000));
    assertEquals(200, taken(ana, submit, 1000, 1_001_000));
  }

  @Test
  void othersAndOtherThingsAreLeftAlone() {
    taken(ana, MESSAGE, 2000, 0);
    assertEquals(1, taken(new Principal("bia", AccountRole.MEMBER), MESSAGE, 1, 0));
    assertEquals(1, taken(ana, new ClientFrame.Status(null), 1, 0));
    assertEquals(5000, taken(Principal.NOBODY, MESSAGE, 5000, 0));
  }
}
