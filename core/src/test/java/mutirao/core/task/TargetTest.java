package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Scene;
import mutirao.core.Settings;
import mutirao.core.Telling;
import mutirao.core.session.SessionRole;
import org.junit.jupiter.api.Test;

/** Tasks for one worker alone, and what becomes of them when it goes. */
class TargetTest {
  private final Scene scene = new Scene(new Settings(10_000, 100_000, 1L << 30));
  private final long ana = scene.client("ana");

  @Test
  void onlyTheNamedWorkerGetsIt() {
    long named = scene.worker("Named", 1, "sum");
    long other = scene.worker("Other", 1, "sum");
    long first = scene.submits(ana, Ask.to("sum").on("nAMED"));
    long second = scene.submits(ana, Ask.to("sum").on("named"));
    assertEquals("RUNNING 1 on " + named, scene.about(first));
    assertEquals("QUEUED 0", scene.about(second));
    assertEquals(0, scene.state().tasks().worker(other).busy());
  }

  @Test
  void anUnknownWorkerAndAnUnknownOperationAreRefused() {
    scene.worker("Named", 1, "sum");
    assertEquals("UNKNOWN_WORKER worker", refusal(Ask.to("sum").on("Nobody")));
    assertEquals("UNKNOWN_WORKER worker", refusal(Ask.to("sum").on("ana")));
    assertEquals("UNKNOWN_WORKER worker", refusal(Ask.to("sum").on("Nobody").orElseAnywhere()));
    assertEquals("UNSUPPORTED_OPERATION operation", refusal(Ask.to("max").on("Named")));
    assertEquals(0, scene.state().tasks().size());
  }

  @Test
  void aBrokenWorkerIsStillThere() {
    long named = scene.worker("Named", 1, "sum");
    scene.breaks(named);
    long task = scene.submits(ana, Ask.to("sum").on("Named"));
    assertFalse(scene.state().tasks().waitingForWorker(scene.task(task)));
    scene.resumes(named);
    assertEquals("RUNNING 1 on " + named, scene.about(task));
  }

  @Test
  void withoutFallbackItWaitsUntilItsWorkerComesBackKnowingTheOperation() {
    long named = scene.worker("Named", 1, "sum");
    scene.worker("Other", 4, "sum");
    long running = scene.submits(ana, Ask.to("sum").on("Named"));
    long waiting = scene.submits(ana, Ask.to("sum").on("Named"));
    scene.quits(named);
    assertEquals("QUEUED 1", scene.about(running));
    assertEquals("QUEUED 0", scene.about(waiting));
    assertTrue(scene.state().tasks().waitingForWorker(scene.task(waiting)));
    long forgetful = scene.worker("Named", 4, "max");
    assertTrue(scene.state().tasks().waitingForWorker(scene.task(waiting)));
    scene.quits(forgetful);
    long back = scene.worker("NAMED", 1, "max", "sum");
    assertEquals("RUNNING 2 on " + back, scene.about(running));
    assertEquals("QUEUED 0", scene.about(waiting));
    assertFalse(scene.state().tasks().waitingForWorker(scene.task(waiting)));
  }

  @Test
  void withFallbackItIsFreedWhenItsWorkerGoes() {
    long named = scene.worker("Named", 1, "sum");
    long other = scene.worker("Other", 1, "sum");
    long running = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere());
    long waiting = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere());
    scene.quits(named);
    assertEquals("RUNNING 2 on " + other, scene.about(running));
    assertEquals("QUEUED 0", scene.about(waiting));
    scene.done(other, running, 2);
    assertEquals("RUNNING 1 on " + other, scene.about(waiting));
  }

  @Test
  void withFallbackItIsFreedAlsoWhenItsPauseEndsAfterItsWorkerWent() {
    long named = scene.worker("Named", 1, "sum");
    long delayed = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere().delayMs(5000));
    long failed = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere());
    scene.failed(named, failed, 1, true);
    scene.quits(named);
    long other = scene.worker("Other", 2, "sum");
    scene.passes(5000);
    assertEquals("RUNNING 1 on " + other, scene.about(delayed));
    assertEquals("RUNNING 2 on " + other, scene.about(failed));
  }

  @Test
  void withFallbackItIsFreedAlsoWhenSomebodyElseHasTheNameNow() {
    long named = scene.worker("Named", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere().delayMs(5000));
    scene.quits(named);
    scene.client("named");
    long other = scene.worker("Other", 1, "sum");
    scene.passes(5000);
    assertEquals("RUNNING 1 on " + other, scene.about(task));
  }

  @Test
  void whoDrainsKeepsWhatIsForItAloneUntilItGoes() {
    long named = scene.worker("Named", 2, "sum");
    long running = scene.submits(ana, Ask.to("sum").on("Named"));
    scene.apply(new Command.DrainWorker(named));
    long other = scene.worker("Other", 1, "sum");
    long waiting = scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere());
    assertEquals("RUNNING 1 on " + named, scene.about(running));
    assertEquals("QUEUED 0", scene.about(waiting));
    scene.quits(named);
    assertEquals("RUNNING 1 on " + other, scene.about(waiting));
  }

  @Test
  void freeingVeryManyIsSpreadOverSeveralEntries() {
    long named = scene.worker("Named", 1, "sum", "max");
    int tasks = 5000;
    scene.looks(false);
    for (int i = 0; i < tasks; i++) {
      String operation = i % 2 == 0 ? "sum" : "max";
      scene.submits(ana, Ask.to(operation).on("Named").orElseAnywhere());
    }
    scene.looks(true);
    scene.quits(named);
    int entries = 1;
    for (; scene.machine.nextDeadlineMs() <= scene.nowMs(); entries++) {
      assertTrue(scene.events().size() < 1100, "one entry did " + scene.events().size());
      scene.passes(0);
    }
    assertTrue(entries >= 5);
    long heir = scene.worker("Heir", tasks, "sum", "max");
    assertEquals(tasks, scene.state().tasks().worker(heir).busy());
  }

  @Test
  void whoComesBackInTheMidstOfItKeepsTheRest() {
    long named = scene.worker("Named", 1, "sum");
    scene.looks(false);
    for (int i = 0; i < 3000; i++) {
      scene.submits(ana, Ask.to("sum").on("Named").orElseAnywhere());
    }
    scene.looks(true);
    scene.quits(named);
    long back = scene.worker("Named", 1, "sum");
    assertTrue(scene.machine.nextDeadlineMs() > scene.nowMs());
    scene.worker("Other", 3000, "sum");
    assertEquals(1, scene.state().tasks().worker(back).busy());
    assertTrue(scene.state().tasks().queued() > 900, "the rest waits for its own worker");
  }

  private String refusal(Ask ask) {
    return Telling.of(scene.apply(new Command.SubmitTask(ana, ask.spec())));
  }

  @Test
  void aWorkersNameCanBeTakenOverWhileItIsBroken() {
    long named = scene.worker("Named", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").on("Named"));
    scene.breaks(named);
    long back = Scene.opened(scene.apply(scene.opening("Named", SessionRole.WORKER, 1, "sum")));
    assertEquals("RUNNING 2 on " + back, scene.about(task));
  }
}
