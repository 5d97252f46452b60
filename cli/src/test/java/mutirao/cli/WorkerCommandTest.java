package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {
  @TempDir private Path folder = Path.of("");

  private static CliRun worker(TestServer server, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "worker";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CliRun.at(server).start(all).awaitOut("is ready at");
  }

  @Test
  void runsTheBuiltInOperationsAndLogsEachTask() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker = worker(server, "--slots", "3");
      assertTrue(worker.out().matches("(?s)Worker-\\d+ is ready at .*: 3 tasks at once; sum, .*"));
      assertEquals(100L, ana.call("sum", Map.of("numbers", List.of(10, 20, 30, 40))));
      worker.awaitOut(" sum for ana: done in ");
      assertThrows(MutiraoException.class, () -> ana.call("average", Map.of()));
      worker.awaitOut(" average for ana: failed after ").awaitOut("bad_input: numbers");
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
      assertTrue(worker.out().endsWith("Nothing runs; leaving.\n"), worker.out());
    }
  }

  @Test
  void offersOfTheBuiltInOperationsOnlyThoseThatAreNamed() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker = worker(server, "--operations", "max,sum", "--exec", "echo=cat");
      assertTrue(worker.out().contains("; max, sum, echo\n"), worker.out());
      assertEquals(
          List.of("echo", "max", "sum"),
          ana.workers().await().getFirst().operations().stream().sorted().toList());
      assertEquals(3L, ana.call("max", Map.of("numbers", List.of(1, 3, 2))));
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
    }
  }

  @Test
  void quietLogsNothing() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker = worker(server, "Worker-1", "--quiet");
      ana.call("sum", Map.of("numbers", List.of(1)));
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
      assertFalse(worker.out().contains("sum for"), worker.out());
    }
  }

  @Test
  void theFirstSignalFinishesWhatRuns() throws Exception {
    Path begun = fifo("begun");
    Path pipe = fifo("pipe");
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker = worker(server, "--exec", "wait=echo > " + begun + "; cat " + pipe);
      TaskHandle task = ana.submit(TaskRequest.of("wait"));
      Files.readString(begun);
      worker.signal();
      worker.awaitOut("One task is finished first; again: leave at once.");
      assertFalse(worker.hasEnded());
      Files.writeString(pipe, "7\n");
      assertEquals(7L, task.result().await().value());
      assertEquals(Exit.DONE, worker.exit());
    }
  }

  @Test
  void theSecondSignalLeavesAtOnce() throws Exception {
    Path begun = fifo("begun");
    Path pipe = fifo("pipe");
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker =
          worker(server, "Worker-1", "--exec", "wait=echo > " + begun + "; cat " + pipe);
      TaskHandle task = ana.submit(TaskRequest.of("wait"));
      Files.readString(begun);
      worker.signal();
      worker.awaitOut("again: leave at once");
      worker.signal();
      assertEquals(Exit.FAILED, worker.exit());
      assertEquals("queued", ana.query(task.id()).await().state());
    }
  }

  /** Blocks whoever reads it until somebody writes. */
  private Path fifo(String name) throws Exception {
    Path pipe = folder.resolve(name);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void shellCommandsAreOperations() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker =
          worker(
              server,
              "--no-built-in",
              "--exec",
              "echo=cat",
              "--exec",
              "shout=tr a-z A-Z; echo",
              "--exec",
              "who=printf '%s %s %s' $MUTIRAO_SUBMITTER $MUTIRAO_OPERATION $MUTIRAO_ATTEMPT",
              "--exec",
              "nothing=true",
              "--exec",
              "interrupted=kill -INT $$; echo finished");
      assertEquals(
          Map.of("a", List.of(1L, "$(id)")), ana.call("echo", Map.of("a", List.of(1, "$(id)"))));
      assertEquals(Map.of("TEXT", "X"), ana.call("shout", Map.of("text", "x")));
      assertEquals("ana who 1", ana.call("who", null));
      assertEquals("", ana.call("nothing", null));
      assertEquals("finished", ana.call("interrupted", null));
      assertEquals(
          List.of("echo", "interrupted", "nothing", "shout", "who"),
          ana.workers().await().getFirst().operations().stream().sorted().toList());
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
    }
  }

  @Test
  void shellCommandsFailWithTheirLastWords() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker =
          worker(
              server,
              "--exec",
              "fail=yes noise | head -n 20000 >&2; echo the end >&2; exit 3",
              "--exec",
              "wrong=echo no such field >&2; exit 65",
              "--exec",
              "flood=yes");
      MutiraoException failed = failure(ana, TaskRequest.of("fail").maxAttempts(1));
      assertEquals("exit_3", failed.code());
      String message = String.valueOf(failed.getMessage());
      assertTrue(message.endsWith("noise\nthe end"), message);
      assertTrue(message.getBytes(UTF_8).length <= 2000, message);
      MutiraoException wrong = failure(ana, TaskRequest.of("wrong"));
      assertEquals("bad_input", wrong.code());
      assertEquals("no such field", wrong.getMessage());
      assertEquals("too_large", failure(ana, TaskRequest.of("flood")).code());
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
    }
  }

  private static MutiraoException failure(MutiraoClient client, TaskRequest request) {
    return assertThrows(
        MutiraoException.class, () -> client.submit(request).result().await().value());
  }

  @Test
  void aCancelledCommandIsEnded() throws Exception {
    Path begun = fifo("begun");
    Path pipe = fifo("pipe");
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      CliRun worker = worker(server, "--exec", "wait=echo $$ > " + begun + "; cat " + pipe);
      TaskHandle task = ana.submit(TaskRequest.of("wait"));
      long process = Long.parseLong(Files.readString(begun).strip());
      task.cancel().await();
      worker.awaitOut("given up after");
      ProcessHandle.of(process)
          .ifPresent(shell -> shell.onExit().orTimeout(1, TimeUnit.MINUTES).join());
      worker.signal();
      assertEquals(Exit.DONE, worker.exit());
    }
  }

  @Test
  void wrongUsageIsExplained() throws Exception {
    CliRun nothing = CliRun.at("127.0.0.1:1").run("", "worker", "--no-built-in");
    assertTrue(nothing.err().contains("There would be nothing this worker can do"));
    assertEquals(Exit.USAGE, nothing.exit());
    CliRun slots = CliRun.at("127.0.0.1:1").run("", "worker", "--slots", "0");
    assertTrue(slots.err().contains("--slots must be from 1 to 1,024."), slots.err());
    assertEquals(Exit.USAGE, slots.exit());
    CliRun exec = CliRun.at("127.0.0.1:1").run("", "worker", "--exec", "no-command");
    assertEquals(Exit.USAGE, exec.exit());
    CliRun unknown = CliRun.at("127.0.0.1:1").run("", "worker", "--operations", "sum,soma");
    assertTrue(unknown.err().contains("'soma' is no built-in operation"), unknown.err());
    assertTrue(unknown.err().contains("takes sum, average, max,"), unknown.err());
    assertEquals(Exit.USAGE, unknown.exit());
    CliRun both =
        CliRun.at("127.0.0.1:1").run("", "worker", "--no-built-in", "--operations", "sum");
    assertTrue(both.err().contains("exclude each other"), both.err());
    assertEquals(Exit.USAGE, both.exit());
  }
}
