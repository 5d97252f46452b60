package mutirao.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final class Named extends Deadline {}

  /** The same as a list that is searched, kept in order of (instant, order of setting). */
  private record Plain(Deadline deadline, long atMs, long order) {}

  @Test
  void agreesWithASortedListOverAHundredThousandSteps() {
    SplittableRandom random = new SplittableRandom(1);
    Deadlines deadlines = new Deadlines();
    List<Named> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(new Named());
    }
    List<Plain> plain = new ArrayList<>();
    Comparator<Plain> earliest = Comparator.comparingLong(Plain::atMs);
    earliest = earliest.thenComparingLong(Plain::order);
    for (int step = 0; step < 100_000; step++) {
      Named chosen = all.get(random.nextInt(all.size()));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long atMs = random.nextInt(500);
          deadlines.set(chosen, atMs);
          plain.removeIf(p -> p.deadline() == chosen);
          plain.add(new Plain(chosen, atMs, step));
        }
        case 2 -> {
          deadlines.drop(chosen);
          plain.removeIf(p -> p.deadline() == chosen);
        }
        default -> {
          long nowMs = random.nextInt(500);
          Plain first = plain.stream().min(earliest).orElse(null);
          if (first != null && first.atMs() <= nowMs) {
            assertSame(first.deadline(), deadlines.takeDue(nowMs));
            plain.remove(first);
          } else {
            assertNull(deadlines.takeDue(nowMs));
          }
        }
      }
      assertEquals(plain.size(), deadlines.size());
      assertEquals(
          plain.stream().mapToLong(Plain::atMs).min().orElse(Long.MAX_VALUE), deadlines.nextMs());
    }
  }
}
