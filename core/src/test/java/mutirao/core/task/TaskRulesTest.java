package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Scene;
import mutirao.core.Settings;
import mutirao.core.Telling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each command does to a task in each situation it can be in. */
class TaskRulesTest {

  /** How a task can stand; attempt 1, where there was one, was given to worker W. */
  enum Situation {
    DELAYED,
    QUEUED,
    RUNNING,
    RETRYING,
    QUEUED_AGAIN,
    RUNNING_AGAIN,
    DONE,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    EXPIRED,
    FORGOTTEN
  }

  private final Scene scene = new Scene();
  private final long ana = scene.client("ana");
  private final long worker = scene.worker("W", 1, "sum");
  private final long other = scene.worker("Other", 1, "max");
  private long task;

  /**
   * The reply, and the state afterwards. Reports are of attempt 1 by W unless it says otherwise.
   * The situation decides; the rows of one column differ only where the protocol wants it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          situation     | done            | otherwise       | by another      | of attempt 2    | failed          | for good        | progress        | cancelled              | by a stranger
          DELAYED       | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | done CANCELLED         | UNKNOWN SCHEDULED
          QUEUED        | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | done CANCELLED         | UNKNOWN QUEUED
          RUNNING       | done DONE       | done DONE       | STALE RUNNING   | STALE RUNNING   | done SCHEDULED  | done FAILED     | done RUNNING    | done CANCELLED         | UNKNOWN RUNNING
          RETRYING      | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | STALE SCHEDULED | done SCHEDULED  | done SCHEDULED  | STALE SCHEDULED | done CANCELLED         | UNKNOWN SCHEDULED
          QUEUED_AGAIN  | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | STALE QUEUED    | done CANCELLED         | UNKNOWN QUEUED
          RUNNING_AGAIN | STALE RUNNING   | STALE RUNNING   | STALE RUNNING   | done DONE       | STALE RUNNING   | STALE RUNNING   | STALE RUNNING   | done CANCELLED         | UNKNOWN RUNNING
          DONE          | done DONE       | STALE DONE      | STALE DONE      | STALE DONE      | STALE DONE      | STALE DONE      | STALE DONE      | FINISHED_ALREADY DONE  | UNKNOWN DONE
          FAILED        | STALE FAILED    | STALE FAILED    | STALE FAILED    | STALE FAILED    | done FAILED     | done FAILED     | STALE FAILED    | FINISHED_ALREADY FAILED | UNKNOWN FAILED
          TIMED_OUT     | STALE FAILED    | STALE FAILED    | STALE FAILED    | STALE FAILED    | STALE FAILED    | STALE FAILED    | STALE FAILED    | FINISHED_ALREADY FAILED | UNKNOWN FAILED
          CANCELLED     | STALE CANCELLED | STALE CANCELLED | STALE CANCELLED | STALE CANCELLED | STALE CANCELLED | STALE CANCELLED | STALE CANCELLED | FINISHED_ALREADY CANCELLED | UNKNOWN CANCELLED
          EXPIRED       | STALE EXPIRED   | STALE EXPIRED   | STALE EXPIRED   | STALE EXPIRED   | STALE EXPIRED   | STALE EXPIRED   | STALE EXPIRED   | FINISHED_ALREADY EXPIRED | UNKNOWN EXPIRED
          FORGOTTEN     | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone    | UNKNOWN gone           | UNKNOWN gone
          """)
  void everyCommandInEverySituation(
      Situation situation,
      String done,
      String doneOtherwise,
      String doneByAnother,
      String doneOfAnotherAttempt,
      String failed,
      String failedForGood,
      String progress,
      String cancelled,
      String cancelledByAStranger) {
    String result = "done " + 4;
    assertEquals(done, in(situation, s -> s.complete(s.worker, 1, result)));
    assertEquals(doneOtherwise, in(situation, s -> s.complete(s.worker, 1, "otherwise")));
    assertEquals(doneByAnother, in(situation, s -> s.complete(s.other, 1, result)));
    assertEquals(doneOfAnotherAttempt, in(situation, s -> s.complete(s.worker, 2, result)));
    assertEquals(failed, in(situation, s -> s.scene.failed(s.worker, s.task, 1, true)));
    assertEquals(failedForGood, in(situation, s -> s.scene.failed(s.worker, s.task, 1, false)));
    assertEquals(
        progress, in(situation, s -> s.scene.apply(new Command.RenewTask(s.worker, s.task, 1))));
    assertEquals(
        cancelled, in(situation, s -> s.scene.apply(new Command.CancelTask(s.ana, s.task))));
    assertEquals(
        cancelledByAStranger,
        in(situation, s -> s.scene.apply(new Command.CancelTask(s.other, s.task))));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRefusedChangesNothing(Situation situation) {
    TaskRulesTest at = new TaskRulesTest();
    at.arrive(situation);
    at.scene.apply(new Command.CompleteTask(at.other, at.task, 1, Scene.json("x")));
    assertEquals(List.of(), at.scene.happened());
    at.scene.apply(new Command.FailTask(at.other, at.task, 1, Scene.json("x"), true));
    assertEquals(List.of(), at.scene.happened());
    at.scene.apply(new Command.RenewTask(at.worker, at.task, 7));
    assertEquals(List.of(), at.scene.happened());
    at.scene.apply(new Command.CancelTask(at.other, at.task));
    assertEquals(List.of(), at.scene.happened());
  }

  private String in(Situation situation, Act act) {
    TaskRulesTest fresh = new TaskRulesTest();
    fresh.arrive(situation);
    String reply = Telling.of(act.on(fresh)).replaceAll(" .*|_ATTEMPT|_TASK", "");
    Task after = fresh.scene.state().tasks().byId(fresh.task);
    return reply + " " + (after == null ? "gone" : after.state());
  }

  private interface Act {
    Reply on(TaskRulesTest scene);
  }

  private Reply complete(long by, int attempt, String result) {
    return scene.apply(new Command.CompleteTask(by, task, attempt, Scene.json(result)));
  }

  private void arrive(Situation situation) {
    Ask ask = Ask.to("sum").timeoutMs(5000).backoffMs(1000).keepMs(50_000);
    switch (situation) {
      case DELAYED -> task = scene.submits(ana, ask.delayMs(10_000));
      case QUEUED -> {
        task = scene.submits(ana, ask.delayMs(1));
        scene.submits(ana, Ask.to("sum"));
        scene.passes(1);
      }
      case RUNNING -> task = scene.submits(ana, ask);
      case RETRYING -> {
        task = scene.submits(ana, ask);
        scene.failed(worker, task, 1, true);
      }
      case QUEUED_AGAIN -> {
        task = scene.submits(ana, ask);
        scene.apply(new Command.DrainWorker(worker));
        scene.passes(5000);
      }
      case RUNNING_AGAIN -> {
        task = scene.submits(ana, ask);
        scene.passes(5000);
      }
      case DONE -> {
        task = scene.submits(ana, ask);
        scene.done(worker, task, 1);
      }
      case FAILED -> {
        task = scene.submits(ana, ask);
        scene.failed(worker, task, 1, false);
      }
      case TIMED_OUT -> {
        task = scene.submits(ana, ask.maxAttempts(1));
        scene.passes(5000);
      }
      case CANCELLED -> {
        task = scene.submits(ana, ask);
        scene.apply(new Command.CancelTask(ana, task));
      }
      case EXPIRED -> {
        task = scene.submits(ana, ask.expiresMs(1000));
        scene.passes(1000);
      }
      case FORGOTTEN -> {
        task = scene.submits(ana, ask);
        scene.done(worker, task, 1);
        scene.passes(50_000);
      }
    }
  }

  @Test
  void acceptanceTellsWhereTheTaskStands() {
    assertEquals("accepted 4 QUEUED", submit(Ask.to("sum")));
    assertEquals(List.of("accepted 4", "queued 4 DUE", "started 4/1 on 2"), scene.happened());
    assertEquals("accepted 5 QUEUED", submit(Ask.to("sum")));
    assertEquals(List.of("accepted 5", "queued 5 DUE"), scene.happened());
    assertEquals("accepted 6 QUEUED waits for a worker", submit(Ask.to("min")));
    assertEquals("accepted 7 SCHEDULED", submit(Ask.to("sum").delayMs(1)));
    scene.apply(new Command.DrainWorker(worker));
    assertEquals("accepted 9 QUEUED waits for a worker", submit(Ask.to("sum")));
    assertEquals("NOT_REGISTERED", Telling.of(scene.apply(new Command.SubmitTask(99, spec()))));
  }

  @Test
  void aKnownKeyLeadsToTheSameTaskInEveryState() {
    assertEquals("accepted 4 SCHEDULED", submit(Ask.to("sum").key("k").delayMs(10)));
    assertEquals("accepted 4 SCHEDULED again", submit(Ask.to("sum").key("k")));
    assertEquals(List.of(), scene.happened());
    scene.passes(10);
    assertEquals("accepted 4 RUNNING again", submit(Ask.to("sum").key("k").on("nobody")));
    scene.done(worker, 4, 1);
    assertEquals("accepted 4 DONE again", submit(Ask.to("sum").key("k")));
    assertEquals("accepted 10 QUEUED waits for a worker", submit(Ask.to("min").key("w")));
    assertEquals("accepted 10 QUEUED again waits for a worker", submit(Ask.to("min").key("w")));
  }

  @Test
  void aKeyMayNotBeUsedForOtherWork() {
    submit(Ask.to("sum").key("k"));
    assertEquals("KEY_REUSED key", submit(Ask.to("max").key("k")));
    assertEquals("KEY_REUSED key", submit(Ask.to("sum").key("k").params("[1]")));
    long bruno = scene.client("bruno");
    assertEquals(
        "accepted 8 QUEUED",
        Telling.of(scene.apply(new Command.SubmitTask(bruno, Ask.to("max").key("k").spec()))));
  }

  @Test
  void aSharedKeyLeadsToTheSameTaskUnderEveryNameOfItsUser() {
    long[] web = {scene.client("ana-web"), scene.client("ana.web-n2"), scene.client("anabela-web")};
    assertEquals("accepted 7 SCHEDULED", submit(web[0], Ask.to("sum").sharedKey("k").delayMs(10)));
    assertEquals("accepted 7 SCHEDULED again", submit(web[1], Ask.to("sum").sharedKey("k")));
    assertEquals("KEY_REUSED key", submit(web[1], Ask.to("max").sharedKey("k")));
    assertEquals("accepted 10 QUEUED", submit(web[2], Ask.to("sum").sharedKey("k")));
    assertEquals("accepted 11 QUEUED", submit(web[1], Ask.to("sum").key("k")));
    assertEquals("accepted 12 QUEUED", submit(web[0], Ask.to("sum").key("k")));
    scene.passes(10);
    assertEquals("accepted 7 QUEUED again", submit(web[1], Ask.to("sum").sharedKey("k")));
  }

  private String submit(long session, Ask ask) {
    return Telling.of(scene.apply(new Command.SubmitTask(session, ask.spec())));
  }

  @Test
  void failingTheLastAttemptIsFailingForGood() {
    task = scene.submits(ana, Ask.to("sum").maxAttempts(2).backoffMs(0));
    scene.failed(worker, task, 1, true);
    assertEquals("RUNNING 2 on " + worker, scene.about(task));
    scene.failed(worker, task, 2, true);
    assertEquals(List.of("FAILED 4\"failed 4\" to " + ana), scene.happened());
  }

  @Test
  void theLastAttemptOfALostWorkerIsNotTriedAgain() {
    task = scene.submits(ana, Ask.to("sum").maxAttempts(1));
    scene.quits(worker);
    assertEquals("FAILED 1", scene.about(task));
    assertTrue(scene.happened().getLast().contains("worker_lost"));
  }

  @Test
  void cancellingARunningTaskStopsItsWorker() {
    task = scene.submits(ana, Ask.to("sum"));
    long next = scene.submits(ana, Ask.to("sum"));
    scene.apply(new Command.CancelTask(ana, task));
    assertEquals("revoked 4/1 of 2", scene.happened().getFirst());
    assertEquals("started " + next + "/1 on 2", scene.happened().getLast());
  }

  @Test
  void aReportByTheSameNameCountsOnlyWhileItsSessionHasTheAttempt() {
    task = scene.submits(ana, Ask.to("sum"));
    scene.done(worker, task, 1);
    scene.quits(worker);
    long back = scene.worker("w", 1, "sum");
    assertEquals("done", Telling.of(scene.done(back, task, 1)), "a repeat of what won");
    long second = scene.submits(ana, Ask.to("sum"));
    scene.quits(back);
    long third = scene.worker("W", 1, "sum");
    assertEquals("RUNNING 2 on " + third, scene.about(second));
    assertEquals("STALE_ATTEMPT attempt", Telling.of(scene.done(third, second, 1)));
  }

  @Test
  void drainingTellsWhatStillRunsAndTwiceIsNoMatter() {
    task = scene.submits(ana, Ask.to("sum"));
    assertEquals("draining 1", Telling.of(scene.apply(new Command.DrainWorker(worker))));
    scene.done(worker, task, 1);
    assertEquals("draining 0", Telling.of(scene.apply(new Command.DrainWorker(worker))));
    assertEquals(List.of(), scene.happened());
    assertEquals("NOT_REGISTERED", Telling.of(scene.apply(new Command.DrainWorker(ana))));
    scene.breaks(worker);
    scene.resumes(worker);
    long waiting = scene.submits(ana, Ask.to("sum"));
    assertEquals("QUEUED 0", scene.about(waiting), "it drains still");
  }

  @Test
  void aWorkersRecordCountsItsAttempts() {
    Worker record = scene.state().tasks().worker(worker);
    scene.done(worker, scene.submits(ana, Ask.to("sum")), 1);
    long failing = scene.submits(ana, Ask.to("sum"));
    scene.failed(worker, failing, 1, false);
    long slow = scene.submits(ana, Ask.to("sum").timeoutMs(10));
    scene.passes(10);
    scene.apply(new Command.CancelTask(ana, slow));
    assertEquals(1, record.done());
    assertEquals(2, record.failed());
  }

  @Test
  void tasksHaveABoundInNumber() {
    Scene small = new Scene(new Settings(1000, 2, 1000));
    long submitter = small.client("ana");
    small.submits(submitter, Ask.to("sum").key("k"));
    small.submits(submitter, Ask.to("sum").keepMs(100));
    Refusal refusal =
        (Refusal) small.apply(new Command.SubmitTask(submitter, Ask.to("sum").spec()));
    assertEquals(Refusal.Code.OVERLOADED, refusal.code());
    assertTrue(refusal.retryAfterMs() > 0);
    assertEquals(2, small.submits(submitter, Ask.to("sum").key("k")), "a repeat asks for nothing");
    small.apply(new Command.CancelTask(submitter, 3));
    small.passes(100);
    small.submits(submitter, Ask.to("sum"));
  }

  @Test
  void payloadsHaveABoundAndResultsRoomOfTheirOwn() {
    Scene small = new Scene(new Settings(1000, 100, 1000));
    long submitter = small.client("ana");
    long busy = small.worker("W", 9, "sum");
    long first = small.submits(submitter, Ask.to("sum").params("x".repeat(600)).keepMs(100));
    long second = small.submits(submitter, Ask.to("sum").params("x".repeat(100)));
    Command more = new Command.SubmitTask(submitter, Ask.to("sum").params("x").spec());
    assertEquals("OVERLOADED", Telling.of(small.apply(more)));
    byte[] large = Scene.json("x".repeat(299));
    assertEquals(
        "OVERLOADED", Telling.of(small.apply(new Command.CompleteTask(busy, second, 1, large))));
    assertEquals(
        "OVERLOADED", Telling.of(small.apply(new Command.FailTask(busy, second, 1, large, true))));
    assertEquals("RUNNING 1 on " + busy, small.about(second));
    assertEquals("done", Telling.of(small.done(busy, first, 1)));
    small.passes(100);
    assertEquals("done", Telling.of(small.apply(new Command.CompleteTask(busy, second, 1, large))));
    assertArrayEquals(large, small.task(second).result());
  }

  @Test
  void aListOfTasksIsOnesOwnNewestFirst() {
    for (int i = 0; i < 5; i++) {
      scene.submits(ana, Ask.to("min").keepMs(10));
    }
    scene.submits(scene.client("bruno"), Ask.to("min"));
    Tasks tasks = scene.state().tasks();
    assertEquals(List.of(8L, 7L), ids(tasks.search().of("ana", null, Long.MAX_VALUE, 2)));
    assertEquals(List.of(6L, 5L, 4L), ids(tasks.search().of("ana", null, 7, 10)));
    assertEquals(List.of(), ids(tasks.search().of("ana", null, 4, 10)));
    assertEquals(List.of(), ids(tasks.search().of("ana", null, -1, 10)));
    assertEquals(List.of(), ids(tasks.search().of("nobody", null, Long.MAX_VALUE, 10)));
    scene.apply(new Command.CancelTask(ana, 6));
    assertEquals(
        List.of(6L), ids(tasks.search().of("ana", TaskState.CANCELLED, Long.MAX_VALUE, 10)));
    assertEquals(List.of(8L, 7L, 5L, 4L), ids(tasks.search().of("ana", TaskState.QUEUED, 99, 10)));
    scene.passes(10);
    assertEquals(
        List.of(5L, 4L), ids(tasks.search().of("ana", null, 6, 10)), "before one now forgotten");
    assertEquals(
        List.of(8L, 7L, 5L, 4L), ids(tasks.search().of("ana", null, 10, 10)), "another's id");
  }

  private String submit(Ask ask) {
    return Telling.of(scene.apply(new Command.SubmitTask(ana, ask.spec())));
  }

  private static TaskSpec spec() {
    return Ask.to("sum").spec();
  }

  private static List<Long> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }
}
