package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import mutirao.core.Ask;
import mutirao.core.image.OpenImages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
  private final TaskQueue queue = new TaskQueue("sum");
  private final Owner owner = new Holdings().newOwner("ana", new OpenImages());

  @Test
  void agreesWithAListThatIsSearched() {
    SplittableRandom random = new SplittableRandom(1);
    List<Task> plain = new ArrayList<>();
    for (int step = 1; step <= 100_000; step++) {
      int what = random.nextInt(plain.size() > 100 ? 5 : 4);
      if (what == 0) {
        Task task = task(step, random.nextInt(10));
        queue.addFirst(task);
        plain.addFirst(task);
      } else if (what == 1) {
        Task task = task(step, random.nextInt(10));
        queue.addLast(task);
        plain.addLast(task);
      } else if (!plain.isEmpty()) {
        Task task = what == 2 ? first(plain) : plain.get(random.nextInt(plain.size()));
        queue.remove(task);
        plain.remove(task);
        assertNull(task.queue);
      }
      assertSame(first(plain), queue.first());
      assertEquals(plain.size(), queue.size());
      assertEquals(plain.isEmpty(), queue.idle());
    }
  }

  @Test
  void aTaskWaitsInOnePlace() {
    Task task = task(1, 4);
    queue.addLast(task);
    assertThrows(IllegalStateException.class, () -> queue.addLast(task));
    assertThrows(IllegalStateException.class, () -> new TaskQueue("max").addFirst(task));
    assertThrows(IllegalStateException.class, () -> new TaskQueue("max").remove(task));
  }

  /** The first of the highest priority: a stream's minimum is the first of equals. */
  private static @Nullable Task first(List<Task> plain) {
    Comparator<Task> byPriority = Comparator.comparingInt(task -> -task.spec().priority());
    return plain.stream().min(byPriority).orElse(null);
  }

  private Task task(long id, int priority) {
    return new Task(id, "ana", owner, Ask.to("sum").priority(priority).spec(), 0, 0, 0);
  }
}
