package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Scene;
import org.junit.jupiter.api.Test;

/** Who gets what next. That no task waits beside a free worker is checked after every entry. */
class AssignmentTest {
  private final Scene scene = new Scene();
  private final long ana = scene.client("ana");

  @Test
  void theLeastLoadedWorkerComesFirstAndOfTwoTheOneIdleForLonger() {
    long big = scene.worker("Big", 4, "sum");
    long small = scene.worker("Small", 2, "sum");
    assertEquals("RUNNING 1 on " + big, given(4));
    assertEquals("RUNNING 1 on " + small, given(4));
    // A quarter of one is in use, half of the other.
    assertEquals("RUNNING 1 on " + big, given(4));
    // Half and half: the small one has not been given anything for longer.
    assertEquals("RUNNING 1 on " + small, given(4));
  }

  @Test
  void whatWaitsIsGivenOutByPriorityThenByAge() {
    List<Long> waiting = List.of(submit(4), submit(9), submit(4), submit(0), submit(9));
    long worker = scene.worker("W", 1, "sum");
    for (int next : new int[] {1, 4, 0, 2, 3}) {
      assertEquals("RUNNING 1 on " + worker, scene.about(waiting.get(next)));
      scene.done(worker, waiting.get(next), 1);
    }
  }

  @Test
  void aWorkerOfSeveralOperationsTakesTheMostUrgentOfAll() {
    long sum = scene.submits(ana, Ask.to("sum").priority(3));
    long max = scene.submits(ana, Ask.to("max").priority(5));
    long own = scene.submits(ana, Ask.to("min").priority(4));
    long worker = scene.worker("W", 1, "sum", "max", "min");
    assertEquals("RUNNING 1 on " + worker, scene.about(max));
    scene.done(worker, max, 1);
    assertEquals("RUNNING 1 on " + worker, scene.about(own));
    scene.done(worker, own, 1);
    assertEquals("RUNNING 1 on " + worker, scene.about(sum));
  }

  @Test
  void anOperationMayBeCalledLikeAWorker() {
    long worker = scene.worker("sum", 1, "sum");
    long running = submit(4);
    long late = scene.submits(ana, Ask.to("sum").priority(1).on("SUM"));
    long urgent = submit(9);
    scene.done(worker, running, 1);
    assertEquals("RUNNING 1 on " + worker, scene.about(urgent));
    scene.done(worker, urgent, 1);
    assertEquals("RUNNING 1 on " + worker, scene.about(late));
  }

  @Test
  void whatALostWorkerHadIsGivenOutByPriorityToo() {
    long lost = scene.worker("Lost", 3, "sum", "max");
    long low = submit(4);
    long high = submit(9);
    long other = scene.submits(ana, Ask.to("max").priority(6));
    long heir = scene.worker("Heir", 2, "sum", "max");
    scene.quits(lost);
    assertEquals("RUNNING 2 on " + heir, scene.about(high));
    assertEquals("RUNNING 2 on " + heir, scene.about(other));
    assertEquals("QUEUED 1", scene.about(low));
  }

  @Test
  void whatALostWorkerHadIsGivenOutAsFarAsThereAreSlots() {
    long lost = scene.worker("Lost", 2, "sum");
    long low = submit(4);
    long high = submit(9);
    long heir = scene.worker("Heir", 2, "sum");
    scene.quits(lost);
    assertEquals("RUNNING 2 on " + heir, scene.about(high));
    assertEquals("RUNNING 2 on " + heir, scene.about(low));
  }

  @Test
  void whatALostWorkerHadComesBeforeWhatWaits() {
    long lost = scene.worker("Lost", 2, "sum");
    long first = submit(4);
    long second = submit(4);
    long third = submit(4);
    scene.quits(lost);
    long heir = scene.worker("Heir", 1, "sum");
    for (long next : new long[] {first, second, third}) {
      assertEquals(next, scene.state().tasks().worker(heir).running().iterator().next().id());
      scene.done(heir, next, scene.task(next).attempt());
    }
  }

  @Test
  void aTimedOutTaskDoesNotKeepTheSlotFromSomethingMoreUrgent() {
    long worker = scene.worker("W", 1, "sum", "max");
    long slow = scene.submits(ana, Ask.to("sum").priority(0).timeoutMs(1000));
    long urgent = scene.submits(ana, Ask.to("max").priority(9));
    scene.passes(1000);
    assertEquals("RUNNING 1 on " + worker, scene.about(urgent));
    assertEquals("QUEUED 1", scene.about(slow));
  }

  @Test
  void aTimedOutTaskGoesToSomebodyElseIfItCan() {
    scene.worker("Slow", 2, "sum");
    long slow = scene.submits(ana, Ask.to("sum").timeoutMs(1000));
    long other = scene.worker("Other", 2, "sum");
    // Now the other is as loaded as the slow one will be when the attempt is over.
    submit(4);
    scene.passes(1000);
    assertEquals("RUNNING 2 on " + other, scene.about(slow));
  }

  @Test
  void aTimedOutTaskStaysWhereItIsIfNobodyElseKnowsIt() {
    long worker = scene.worker("W", 1, "sum");
    scene.worker("Other", 1, "max");
    long task = scene.submits(ana, Ask.to("sum").timeoutMs(1000));
    scene.passes(1000);
    assertEquals("RUNNING 2 on " + worker, scene.about(task));
  }

  @Test
  void whoDrainsOrIsBrokenGetsNothing() {
    long draining = scene.worker("Draining", 1, "sum");
    long broken = scene.worker("Broken", 1, "sum");
    scene.apply(new Command.DrainWorker(draining));
    scene.breaks(broken);
    long task = submit(4);
    assertEquals("QUEUED 0", scene.about(task));
    scene.resumes(broken);
    assertEquals("RUNNING 1 on " + broken, scene.about(task));
  }

  private long submit(int priority) {
    return scene.submits(ana, Ask.to("sum").priority(priority));
  }

  private String given(int priority) {
    return scene.about(submit(priority));
  }
}
