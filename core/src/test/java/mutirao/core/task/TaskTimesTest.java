package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Scene;
import org.junit.jupiter.api.Test;

/** What happens to tasks by itself, and when. */
class TaskTimesTest {
  private static final String EXPIRED =
      "{\"code\":\"expired\",\"message\":\"not finished within its time\"}";
  private static final String TIMED_OUT =
      "{\"code\":\"timeout\",\"message\":\"the attempt showed no progress within its time\"}";

  private final Scene scene = new Scene();
  private final long ana = scene.client("ana");

  @Test
  void aDelayAndAnInstantHoldATaskBack() {
    scene.worker("W", 2, "sum");
    long delayed = scene.submits(ana, Ask.to("sum").delayMs(1000));
    long dated = scene.submits(ana, Ask.to("sum").runAtMs(Scene.START_MS + 1000));
    long past = scene.submits(ana, Ask.to("max").runAtMs(0));
    assertEquals("QUEUED 0", scene.about(past));
    scene.passes(999);
    assertEquals("SCHEDULED 0", scene.about(delayed));
    assertEquals("SCHEDULED 0", scene.about(dated));
    scene.passes(1);
    assertEquals("RUNNING 1 on 2", scene.about(delayed));
    assertEquals("RUNNING 1 on 2", scene.about(dated));
  }

  @Test
  void aTermGivesTimeBackBeforeAnybodysIsOver() {
    long worker = scene.worker("W", 1, "sum");
    long running = scene.submits(ana, Ask.to("sum").timeoutMs(1000));
    scene.breaks(ana);
    long windowMs = scene.state().settings().resumeWindowMs();
    scene.passes(windowMs + 5000, new Command.BeginTerm("node-1"));
    assertEquals("RUNNING 1 on " + worker, scene.about(running));
    scene.passes(999);
    assertEquals("RUNNING 1 on " + worker, scene.about(running));
    scene.passes(windowMs - 999 - 1);
    assertNotNull(scene.state().sessions().byId(ana));
    scene.passes(1);
    assertNull(scene.state().sessions().byId(ana));
  }

  @Test
  void expiryEndsATaskInEveryState() {
    long worker = scene.worker("W", 1, "sum");
    long running = scene.submits(ana, Ask.to("sum").expiresMs(1000));
    long queued = scene.submits(ana, Ask.to("sum").expiresMs(1000));
    long scheduled = scene.submits(ana, Ask.to("sum").expiresMs(1000).delayMs(1000));
    scene.passes(999);
    assertEquals("RUNNING 1 on " + worker, scene.about(running));
    scene.passes(1);
    assertEquals(
        List.of(
            "revoked " + running + "/1 of " + worker,
            "EXPIRED " + running + EXPIRED + " to " + ana,
            "started " + queued + "/1 on " + worker,
            "EXPIRED " + scheduled + EXPIRED + " to " + ana,
            "revoked " + queued + "/1 of " + worker,
            "EXPIRED " + queued + EXPIRED + " to " + ana),
        scene.happened());
  }

  @Test
  void expiryEndsATaskThatWaitsForItsNextAttempt() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").expiresMs(500).backoffMs(60_000));
    scene.failed(worker, task, 1, true);
    scene.passes(500);
    assertEquals("EXPIRED 1", scene.about(task));
  }

  @Test
  void anAttemptHasItsTimeSinceTheLastProgress() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").timeoutMs(1000));
    scene.passes(700);
    scene.apply(new Command.RenewTask(worker, task, 1));
    scene.passes(999);
    assertEquals("RUNNING 1 on " + worker, scene.about(task));
    scene.passes(1);
    assertEquals("RUNNING 2 on " + worker, scene.about(task));
    assertEquals("revoked " + task + "/1 of " + worker, scene.happened().getFirst());
  }

  @Test
  void afterItsLastAttemptATimedOutTaskHasFailed() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").timeoutMs(1000).maxAttempts(2));
    scene.passes(1000);
    scene.passes(1000);
    assertEquals(
        List.of("revoked " + task + "/2 of " + worker, "FAILED " + task + TIMED_OUT + " to " + ana),
        scene.happened());
  }

  @Test
  void aBrokenWorkersAttemptTimesOutLikeAnyOther() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").timeoutMs(1000));
    scene.breaks(worker);
    scene.passes(1000);
    assertEquals("QUEUED 1", scene.about(task));
  }

  @Test
  void anEndedTaskIsKeptAsLongAsAskedThenForgotten() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").keepMs(1000).key("k"));
    scene.done(worker, task, 1);
    scene.passes(999);
    assertEquals("DONE 1", scene.about(task));
    scene.passes(1);
    assertNull(scene.state().tasks().byId(task));
    assertEquals(0, scene.state().tasks().payloadBytes());
    assertEquals(task + 4, scene.submits(ana, Ask.to("sum").key("k")), "the key is free again");
  }

  @Test
  void whatIsNotKeptIsStillThereWhenItsEndIsTold() {
    long worker = scene.worker("W", 1, "sum");
    long timesOut = scene.submits(ana, Ask.to("sum").keepMs(0).timeoutMs(100).maxAttempts(1));
    scene.passes(200);
    assertEquals("FAILED 1", scene.about(timesOut));
    long expires = scene.submits(ana, Ask.to("max").keepMs(0).expiresMs(100));
    scene.passes(200);
    assertEquals("EXPIRED 0", scene.about(expires));
    long done = scene.submits(ana, Ask.to("sum").keepMs(0));
    scene.done(worker, done, 1);
    assertEquals("DONE 1", scene.about(done));
    scene.passes(1);
    assertEquals(0, scene.state().tasks().size());
  }

  @Test
  void veryLongTimesMeanNever() {
    long worker = scene.worker("W", 1, "sum", "max");
    Ask longest = Ask.to("sum").timeoutMs(Long.MAX_VALUE).expiresMs(Long.MAX_VALUE);
    long running = scene.submits(ana, longest.keepMs(Long.MAX_VALUE));
    long delayed = scene.submits(ana, Ask.to("max").delayMs(Long.MAX_VALUE));
    scene.passes(1L << 50);
    assertEquals("RUNNING 1 on " + worker, scene.about(running));
    assertEquals("SCHEDULED 0", scene.about(delayed));
    scene.done(worker, running, 1);
    scene.passes(1L << 50);
    assertEquals("DONE 1", scene.about(running));
  }

  @Test
  void aTaskOutOfRangeCannotBeAskedFor() {
    assertThrows(IllegalArgumentException.class, () -> Ask.to("sum").priority(10).spec());
    assertThrows(IllegalArgumentException.class, () -> Ask.to("sum").priority(-1).spec());
    assertThrows(IllegalArgumentException.class, () -> Ask.to("sum").maxAttempts(0).spec());
    assertThrows(IllegalArgumentException.class, () -> Ask.to("sum").delayMs(-1).spec());
    assertThrows(IllegalArgumentException.class, () -> Ask.to("sum").keepMs(-1).spec());
  }

  @Test
  void theTimesOfAResultAddUp() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").delayMs(100));
    scene.passes(100);
    scene.passes(30);
    scene.failed(worker, task, 1, true);
    scene.passes(5000);
    scene.passes(20);
    scene.done(worker, task, 2);
    assertEquals(20, scene.task(task).runMs());
    assertEquals(5130, scene.task(task).queuedMs());
  }

  @Test
  void whatEndsWhileItWaitsDoesNotRun() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").backoffMs(60_000));
    scene.passes(30);
    scene.failed(worker, task, 1, true);
    scene.passes(70);
    scene.apply(new Command.CancelTask(ana, task));
    assertEquals(0, scene.task(task).runMs());
    assertEquals(100, scene.task(task).queuedMs());
    assertNotNull(scene.task(task).error());
  }

  @Test
  void aPauseDoublesAndJitters() {
    long worker = scene.worker("W", 1, "sum");
    long task = scene.submits(ana, Ask.to("sum").backoffMs(1000).maxAttempts(10));
    for (int attempt = 1; attempt < 5; attempt++) {
      scene.failed(worker, task, attempt, true);
      assertEquals("SCHEDULED " + attempt, scene.about(task));
      long plainMs = 1000L << (attempt - 1);
      scene.passes(plainMs * 8 / 10 - 1);
      assertEquals("SCHEDULED " + attempt, scene.about(task));
      scene.passes(plainMs * 4 / 10 + 1);
      assertEquals("RUNNING " + (attempt + 1) + " on " + worker, scene.about(task));
    }
  }

  @Test
  void timeNeverGoesBackwards() {
    long task = scene.submits(ana, Ask.to("sum").expiresMs(1000));
    scene.passes(500);
    scene.passes(-400);
    assertEquals(Scene.START_MS + 500, scene.state().nowMs());
    scene.passes(800);
    assertEquals("QUEUED 0", scene.about(task));
    scene.passes(100);
    assertEquals("EXPIRED 0", scene.about(task));
  }

  @Test
  void moreThanOneEntryCanSettleIsSettledByTheNext() {
    scene.looks(false);
    for (int i = 0; i < 2500; i++) {
      scene.submits(ana, Ask.to("sum").expiresMs(1000));
    }
    scene.looks(true);
    scene.passes(1000);
    assertEquals(1000, scene.events().size());
    assertEquals(scene.nowMs(), scene.machine.nextDeadlineMs());
    scene.passes(0);
    scene.passes(0);
    assertEquals(500, scene.events().size());
    assertEquals(0, scene.state().tasks().queued());
  }
}
