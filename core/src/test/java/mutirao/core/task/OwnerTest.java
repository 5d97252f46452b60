package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeMap;
import mutirao.core.Ask;
import mutirao.core.image.OpenImages;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private long nextId;

  @Test
  void findsTheNewestBeforeAnIdAsASortedMapDoes() {
    SplittableRandom random = new SplittableRandom(1);
    Owner owner = new Holdings().newOwner("ana", new OpenImages());
    TreeMap<Long, Task> plain = new TreeMap<>();
    for (int step = 0; step < 50_000; step++) {
      // Grows to some thousands, then shrinks to nothing, from everywhere.
      boolean grow = random.nextInt(10) < (step < 25_000 ? 6 : 4);
      if (grow || plain.isEmpty()) {
        Task task = task(owner);
        owner.add(task);
        plain.put(task.id(), task);
      } else {
        Task gone = plain.floorEntry(plain.firstKey() + random.nextLong(spread(plain))).getValue();
        owner.remove(gone);
        plain.remove(gone.id());
      }
      long id = random.nextLong(nextId + 10);
      var expected = plain.lowerEntry(id);
      assertSame(expected == null ? null : expected.getValue(), owner.newestBefore(id));
      assertEquals(plain.isEmpty(), owner.empty());
    }
    assertSame(plain.lastEntry().getValue(), owner.newestBefore(Long.MAX_VALUE));
  }

  @Test
  void looksAtFewTasksToFindOneAmongMany() {
    Owner owner = new Holdings().newOwner("ana", new OpenImages());
    for (int i = 0; i < 100_000; i++) {
      owner.add(task(owner));
    }
    // Every signpost goes, again and again, and is replaced by a neighbour.
    for (int round = 0; round < 100; round++) {
      long id = 1;
      for (Task post = owner.signpostFrom(id); post.id() >= id; post = owner.signpostFrom(id)) {
        id = post.id() + 1;
        owner.remove(post);
      }
    }
    for (long id = 1; id <= nextId; id += 997) {
      Task from = owner.signpostFrom(id);
      int looked = 0;
      for (Task task = from; task != null && task.id() >= id; task = task.olderOfOwner) {
        looked++;
      }
      assertTrue(looked <= Owner.STRIDE, "looked at " + looked);
    }
  }

  private static long spread(TreeMap<Long, Task> plain) {
    return plain.lastKey() - plain.firstKey() + 1;
  }

  private Task task(Owner owner) {
    nextId += 1 + nextId % 3;
    return new Task(nextId, "ana", owner, Ask.to("sum").spec(), 0, 0, 0);
  }
}
