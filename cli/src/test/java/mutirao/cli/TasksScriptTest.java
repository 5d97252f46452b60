package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.ops.BuiltInOperations;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The task client in a pipe. */
class TasksScriptTest {

  private static MutiraoWorker stockWorker(TestServer server) {
    return server.worker("Worker-1", BuiltInOperations.all());
  }

  @Test
  void theOriginalExample() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = stockWorker(server)) {
      CliRun run =
          CliRun.at(server)
              .run(
                  "/list\n/workers\n/calculate Worker-1 sum 10 20 30 40\n",
                  "tasks",
                  "TaskClient-1");
      String[] lines = run.out().split("\n");
      assertEquals("2 are here:", lines[0]);
      assertEquals("1 worker:", lines[3]);
      assertTrue(lines[4].contains("Worker-1  0/1 busy, 0 done, 0 failed  sum, average"), lines[4]);
      assertTrue(lines[5].matches("task \\w+ done by Worker-1: 100"), lines[5]);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void textIsTakenAsItIsTyped() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = stockWorker(server)) {
      CliRun run =
          CliRun.at(server).run("/text any uppercase olá,  \"mundo\" \\o/\n", "tasks", "t");
      assertTrue(run.out().endsWith(": OLÁ,  \"MUNDO\" \\O/\n"), run.out());
    }
  }

  @Test
  void atTheEndOfTheInputItWaitsForResultsStillDue() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (TestServer server = TestServer.start();
        MutiraoWorker _ =
            server.worker(
                "Worker-1",
                Map.of(
                    "slow",
                    _ -> {
                      begun.countDown();
                      go.await();
                      return "finally";
                    }))) {
      CliRun run = CliRun.at(server).start("tasks", "t");
      run.type("/text any slow x").type("/quit").endInput();
      assertTrue(begun.await(1, TimeUnit.MINUTES));
      assertFalse(run.hasEnded());
      go.countDown();
      assertEquals(Exit.DONE, run.exit());
      assertTrue(run.out().endsWith("done by Worker-1: finally\n"), run.out());
    }
  }

  @Test
  void failuresAreInTheExitCode() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = stockWorker(server)) {
      CliRun run = CliRun.at(server).run("/calculate any max\n", "tasks", "t");
      assertTrue(
          run.out().matches("task \\w+ failed on Worker-1: bad_input: numbers: .* at least one\n"),
          run.out());
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @Test
  void whatCannotBeIsSaidClearly() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = stockWorker(server)) {
      CliRun run =
          CliRun.at(server)
              .run(
                  """
                  /calculate Worker-9 sum 1
                  /calculate Worker-1 dance 1
                  /calculate any sum 1,5
                  /calculate any
                  /text any uppercase
                  /cancel nonsense
                  hello
                  """,
                  "tasks",
                  "t");
      assertEquals(
          """
          no worker called 'Worker-9' is connected
          the worker does not know the operation 'dance'
          '1,5' is not a number (a point divides decimals, a space divides numbers).
          /calculate <worker|any> <operation> <numbers>
          /text <worker|any> <operation> <text>
          there is no such task
          Only commands here; /help lists them.
          """,
          run.err());
      assertEquals("", run.out());
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @Test
  void aTaskThatNoWorkerKnowsCanBeCancelledOrExpires() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run = CliRun.at(server).start("tasks", "t", "--expires", "5s");
      run.type("/calculate any dance 1").awaitErr("no worker knows 'dance' yet");
      String task = run.err().split(" ")[1];
      run.type("/cancel " + task).awaitOut("task " + task + " cancelled");
      run.type("/calculate any dance 2").type("/list").awaitOut("1 is here");
      run.endInput();
      server.advance(Duration.ofSeconds(6));
      run.awaitOut(" expired: expired");
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @Test
  @Timeout(60)
  void resultsOfEarlierSessionsOfTheNameAreFound() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = stockWorker(server)) {
      CliRun submitted =
          CliRun.at(server).run("", "submit", "--no-wait", "--name", "zé", "sum", "1", "2");
      String task = submitted.out().strip();
      assertEquals(Exit.DONE, submitted.exit());
      try (MutiraoClient ze = server.client("watcher")) {
        while (ze.workers().await().getFirst().done() == 0) {
          Thread.onSpinWait();
        }
      }
      CliRun later = CliRun.at(server).run("/results\n", "tasks", "zé");
      assertTrue(later.out().contains("sum  task " + task + " done by Worker-1: 3\n"), later.out());
      CliRun other = CliRun.at(server).run("/results\n", "tasks", "ana");
      assertEquals("The server keeps no tasks under your name.\n", other.out());
    }
  }

  @Test
  void aResultThatWasDueToAnEarlierSessionIsPrinted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (TestServer server = TestServer.start();
        MutiraoWorker _ =
            server.worker(
                "Worker-1",
                Map.of(
                    "slow",
                    _ -> {
                      go.await();
                      return "late";
                    }))) {
      CliRun submitted = CliRun.at(server).run("", "submit", "slow", "--no-wait", "--name", "zé");
      String task = submitted.out().strip();
      CliRun later = CliRun.at(server).start("tasks", "zé");
      later.type("/list").awaitOut("zé");
      go.countDown();
      later.awaitOut("from before: task " + task + " done by Worker-1: late").endInput();
      assertEquals(Exit.DONE, later.exit());
    }
  }

  @Test
  void resultsOfOthersAreVisible() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = server.worker("Worker-1", Map.of("evil", _ -> "\u001b[2J\nfake"))) {
      CliRun run = CliRun.at(server).run("/text any evil x\n", "tasks", "t");
      assertTrue(run.out().endsWith(": ␛[2J␊fake\n"), run.out());
    }
  }
}
