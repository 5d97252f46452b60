package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Seat;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoWorker;
import mutirao.client.ops.BuiltInOperations;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractiveTasksTest {
  private static final String TAB = "\t";
  private static final String ENTER = "\r";
  private static final String CTRL_C = "\u0003";

  @TempDir private Path folder = Path.of("");

  @Test
  void tabCompletesCommandsWorkersAndTheirOperations() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = server.worker("Worker-1", BuiltInOperations.all())) {
      Seat seat = new Seat();
      CliRun run = CliRun.at(server).on(seat).remembering(folder).start("tasks", "ana");
      seat.awaitTyped("tasks> ").type("/workers" + ENTER).awaitLine("1 worker:");
      seat.awaitTyped("tasks> ").type("/calc" + TAB).awaitTyped("tasks> /calculate ");
      seat.type("Wor" + TAB).awaitTyped("tasks> /calculate Worker-1 ");
      seat.type("av" + TAB).awaitTyped("tasks> /calculate Worker-1 average ");
      seat.type("1 2" + ENTER).awaitLine("done by Worker-1: 1.5").awaitTyped("tasks> ");
      try (MutiraoWorker _ = server.worker("Zebra", Map.of("stripe", _ -> "|"))) {
        seat.awaitLine("Zebra joined").type("/workers" + ENTER).awaitLine("2 workers:");
        seat.awaitTyped("tasks> ").type("/text any st" + TAB);
        seat.awaitTyped("tasks> /text any stripe ").type(CTRL_C).awaitTyped("tasks> ");
      }
      seat.type("/quit" + ENTER);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void resultsArriveAboveWhatIsBeingTyped() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (TestServer server = TestServer.start();
        MutiraoWorker _ =
            server.worker(
                "Worker-1",
                Map.of(
                    "slow",
                    task -> {
                      task.progress(42, "reading");
                      go.await();
                      return "ready";
                    }))) {
      Seat seat = new Seat();
      CliRun run = CliRun.at(server).on(seat).remembering(folder).start("tasks", "ana");
      seat.awaitTyped("tasks> ").type("/text any slow x" + ENTER).awaitLine("(slow) handed in");
      seat.awaitLine(": 42% reading");
      seat.awaitTyped("tasks> ").type("/calc").awaitTyped("tasks> /calc");
      go.countDown();
      seat.awaitLine("done by Worker-1: ready").awaitTyped("tasks> /calc");
      seat.type(CTRL_C + CTRL_C);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void leavingEarlySaysThatTasksGoOn() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = CliRun.at(server).on(seat).remembering(folder).start("tasks", "ana");
      seat.awaitTyped("tasks> ").type("/text any dance x" + ENTER);
      seat.awaitLine("no worker knows 'dance' yet").type("/cancel " + TAB);
      seat.await("the task's id is not completed", s -> s.typed().matches("tasks> /cancel \\w+ "));
      seat.type(CTRL_C + "/quit" + ENTER);
      assertEquals(Exit.DONE, run.exit());
      seat.awaitLine("A task goes on without you; the results wait for the name ana.");
    }
  }
}
