package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProducersTest {

  @Test
  void aBatchIsNewOnceAndOlderOnesNeverAgain() {
    Producers producers = new Producers();

    assertTrue(producers.isNew(1, 3));
    assertFalse(producers.isNew(1, 3));
    assertFalse(producers.isNew(1, 2));
    assertTrue(producers.isNew(1, 7));
    assertTrue(producers.isNew(2, 3));
    assertFalse(producers.isNew(1, 7));
  }

  @Test
  void anImageKnowsTheSame() {
    Producers producers = new Producers();
    producers.isNew(1, 3);
    producers.isNew(2, 4);
    Producers copy = new Producers();
    copy.restore(producers.image());

    assertEquals(producers.image(), copy.image());
    assertFalse(copy.isNew(1, 3));
    assertTrue(copy.isNew(2, 5));
  }

  @Test
  void onlyTheLastSoManyAreRemembered() {
    Producers producers = new Producers();
    for (int producer = 0; producer <= Producers.REMEMBERED; producer++) {
      assertTrue(producers.isNew(producer, 1));
      assertTrue(producers.isNew(1_000_000, producer + 1));
    }
    assertEquals(Producers.REMEMBERED, producers.image().size());
    assertFalse(producers.isNew(1_000_000, 1), "the busy one is never forgotten");
  }
}
