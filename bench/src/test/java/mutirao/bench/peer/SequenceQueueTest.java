package mutirao.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SequenceQueueTest {

  @Test
  void keepsTheOrderWhileItGrowsAndWrapsAround() {
    SequenceQueue queue = new SequenceQueue();
    long added = 0;
    long removed = 0;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 100; i++) {
        queue.add(added++);
      }
      for (int i = 0; i < 60; i++) {
        assertEquals(removed++, queue.remove());
      }
    }
    while (removed < added) {
      assertEquals(removed++, queue.remove());
    }
    assertEquals(-1, queue.remove());
  }
}
