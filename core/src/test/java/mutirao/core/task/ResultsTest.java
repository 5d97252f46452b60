package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.Scene;
import mutirao.core.Settings;
import org.junit.jupiter.api.Test;

/** To whom results go, and when. */
class ResultsTest {
  private static final String RESULT = "\"done %d\"";

  private final Scene scene = new Scene(new Settings(10_000, 100_000, 1L << 30));
  private final long ana = scene.client("ana");
  private final long worker = scene.worker("W", 1024, "sum");

  @Test
  void aResultGoesToWhoeverIsThereUnderItsSubmittersName() {
    long task = scene.submits(ana, Ask.to("sum"));
    scene.quits(ana);
    long other = scene.client("ANA");
    scene.done(worker, task, 1);
    assertEquals(
        List.of("DONE " + task + RESULT.formatted(task) + " to " + other), scene.happened());
  }

  @Test
  void aResultForNobodyIsKeptForItsName() {
    long task = scene.submits(ana, Ask.to("sum"));
    scene.quits(ana);
    scene.done(worker, task, 1);
    assertEquals(List.of("DONE " + task + RESULT.formatted(task)), scene.happened());
    long other = scene.client("Ana");
    assertTrue(scene.happened().contains("results [" + task + "] to " + other));
    scene.quits(other);
    scene.client("ana");
    assertEquals(2, scene.events().size(), "it is handed over once");
  }

  @Test
  void aResultForABrokenSessionWaitsForItToResume() {
    long task = scene.submits(ana, Ask.to("sum"));
    scene.breaks(ana);
    scene.done(worker, task, 1);
    scene.resumes(ana);
    assertEquals(List.of("resumed 1", "results [" + task + "] to " + ana), scene.happened());
  }

  @Test
  void quietTasksAreToldToNobody() {
    long now = scene.submits(ana, Ask.to("sum").quietly());
    long later = scene.submits(ana, Ask.to("sum").quietly());
    scene.done(worker, now, 1);
    assertEquals(List.of("DONE " + now + RESULT.formatted(now)), scene.happened());
    scene.breaks(ana);
    scene.done(worker, later, 1);
    scene.resumes(ana);
    assertEquals(List.of("resumed 1"), scene.happened());
  }

  @Test
  void aKeptResultIsForgottenInItsTime() {
    long task = scene.submits(ana, Ask.to("sum").keepMs(1000));
    scene.quits(ana);
    scene.done(worker, task, 1);
    scene.passes(1000);
    scene.client("ana");
    assertEquals(2, scene.events().size());
  }

  @Test
  void veryManyResultsComeInPortionsWithPausesBetween() {
    int tasks = 1000;
    List<Long> expected = finishWhileGone(tasks, "1");
    long back = scene.client("ana");
    List<Long> got = new ArrayList<>(handedOver());
    assertEquals(256, got.size());
    while (got.size() < tasks) {
      assertEquals(scene.nowMs() + 50, scene.machine.nextDeadlineMs());
      scene.passes(50);
      got.addAll(handedOver());
    }
    assertEquals(expected, got);
    assertTrue(scene.machine.nextDeadlineMs() > scene.nowMs() + 1000);
    assertTrue(scene.at(back).connected());
  }

  @Test
  void largeResultsComeInSmallerPortions() {
    finishWhileGone(10, "x".repeat(300_000));
    scene.client("ana");
    assertEquals(3, handedOver().size());
    scene.passes(50);
    assertEquals(3, handedOver().size());
  }

  @Test
  void whatIsLargerThanAPortionComesAlone() {
    finishWhileGone(3, "x".repeat(2_000_000));
    scene.client("ana");
    assertEquals(1, handedOver().size());
    scene.passes(50);
    assertEquals(1, handedOver().size());
  }

  @Test
  void whoBreaksInTheMidstGetsTheRestLater() {
    List<Long> expected = finishWhileGone(600, "1");
    long back = scene.client("ana");
    List<Long> got = new ArrayList<>(handedOver());
    scene.breaks(back);
    scene.passes(50);
    assertEquals(List.of(), handedOver());
    scene.resumes(back);
    got.addAll(handedOver());
    scene.quits(back);
    scene.client("ana");
    got.addAll(handedOver());
    assertEquals(expected, got);
  }

  @Test
  void whatIsForgottenInTheSameMomentIsNotHandedOver() {
    finish(300, Ask.to("sum").keepMs(60), "1");
    scene.client("ana");
    scene.passes(100);
    assertEquals(List.of(), handedOver());
    assertEquals(300, scene.events().size());
    assertEquals(0, scene.state().tasks().size());
  }

  private List<Long> finishWhileGone(int tasks, String result) {
    return finish(tasks, Ask.to("sum"), result);
  }

  private List<Long> finish(int tasks, Ask ask, String result) {
    List<Long> ids = new ArrayList<>();
    scene.looks(false);
    for (int i = 0; i < tasks; i++) {
      ids.add(scene.submits(ana, ask));
    }
    scene.quits(ana);
    for (long id : ids) {
      scene.apply(new Command.CompleteTask(worker, id, 1, Scene.json(result)));
    }
    scene.looks(true);
    return ids;
  }

  private List<Long> handedOver() {
    List<Long> ids = new ArrayList<>();
    for (Event event : scene.events()) {
      if (event instanceof Event.ResultsHandedOver handed) {
        ids.addAll(handed.tasks());
      }
    }
    return ids;
  }
}
