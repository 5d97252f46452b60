package mutirao.raft.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeaderAffinityTest {
  private static final int MUCH = 10_000;

  private final LeaderAffinity affinity = new LeaderAffinity();

  @Test
  void whoWritesMostAsksToLeadAtTheSecondLook() {
    assertFalse(affinity.look(MUCH, MUCH, false));
    assertTrue(affinity.look(MUCH, MUCH, false));
  }

  @Test
  void aBurstIsNotEnough() {
    for (int i = 0; i < 100; i++) {
      assertFalse(affinity.look(MUCH, MUCH, false));
      assertFalse(affinity.look(0, MUCH, false));
    }
  }

  @Test
  void neitherIsLittleWorkNorAHalfNorWhoLeadsAlready() {
    for (int i = 0; i < 100; i++) {
      assertFalse(affinity.look(2000, 2000, false));
      assertFalse(affinity.look(MUCH / 2, MUCH, false));
      assertFalse(affinity.look(MUCH, MUCH, true));
    }
  }

  @Test
  void inAMinuteItAsksOnce() {
    int asked = 0;
    for (int look = 0; look < 120; look++) {
      asked += affinity.look(MUCH, MUCH, false) ? 1 : 0;
    }
    assertEquals(10, asked);
  }
}
