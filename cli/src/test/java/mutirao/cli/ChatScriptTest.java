package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.testkit.ManualClock;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;

/** The chat client in a pipe: plain lines in, plain lines out. */
class ChatScriptTest {
  /** When the test server's clock stands still, as the client shows it. */
  private static final String THEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm ")
          .format(Instant.ofEpochMilli(ManualClock.START_MS).atZone(ZoneId.systemDefault()));

  @Test
  void listsWhoIsThereAndAsWhat() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = server.worker("Worker-1", Map.of("x", _ -> 1))) {
      CliRun run = CliRun.at(server).run("/list\n/quit\n", "chat", "ana");
      assertEquals(
          """
          2 are here:
            Worker-1  worker
            ana       client  (you)
          """,
          run.out());
      assertEquals("", run.err());
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void textGoesToEverybodyAndIsShownOnce() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun bruno = CliRun.at(server).start("chat", "bruno");
      bruno.type("/list").awaitOut("bruno");
      CliRun ana = CliRun.at(server).run("bom dia\n//barra\n", "chat", "ana");
      assertEquals(THEN + "ana: bom dia\n" + THEN + "ana: /barra\n", ana.out());
      assertEquals(Exit.DONE, ana.exit());
      bruno.awaitOut(THEN + "· ana joined").awaitOut(THEN + "ana: bom dia");
      bruno.awaitOut("ana left").endInput();
      assertEquals(Exit.DONE, bruno.exit());
    }
  }

  @Test
  void directMessagesReachOnePersonAlone() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun bruno = CliRun.at(server).start("chat", "bruno");
      bruno.type("/list").awaitOut("bruno");
      CliRun eva = CliRun.at(server).start("chat", "eva");
      eva.type("/list").awaitOut("eva");
      CliRun ana = CliRun.at(server).run("/msg bruno só  para você\n", "chat", "ana");
      assertTrue(ana.out().endsWith("you → bruno: só  para você\n"), ana.out());
      bruno.awaitOut(THEN + "ana → you: só  para você").endInput();
      eva.awaitOut("ana left").endInput();
      assertEquals(Exit.DONE, eva.exit());
      assertTrue(!eva.out().contains("só"), eva.out());
    }
  }

  @Test
  void whatIsRefusedIsOnStandardErrorAndInTheExitCode() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run =
          CliRun.at(server)
              .run("/msg nobody oi\n/dance\n/msg ana\n/history x\nstill here\n", "chat", "ana");
      assertEquals(THEN + "ana: still here\n", run.out());
      assertEquals(
          """
          Not sent (nobody called 'nobody' is connected): oi
          There is no command /dance; /help lists them. (// begins a message that begins with /)
          /msg <client> <message>
          /history [1 to 1,000]
          """,
          run.err());
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @Test
  void roomsAreEnteredAndLeftAndRemembered() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run =
          CliRun.at(server)
              .run(
                  "/join obras\noi\n/join\n/history 5\n/leave\nlobby again\n/leave\nnowhere\n",
                  "chat",
                  "ana");
      assertEquals(
          """
          You are in obras now, with: ana
          %s[obras] ana: oi
          You are in: lobby, obras. What you type goes to: obras
          %s[obras] ana: oi
          You left obras.
          %sana: lobby again
          You left lobby.
          """
              .formatted(THEN, THEN, THEN),
          run.out());
      assertEquals("You are in no room; /join one first.\n", run.err());
    }
  }

  @Test
  void controlCharactersOfOthersAreVisible() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient eva = server.client("eva")) {
      CliRun run = CliRun.at(server).start("chat", "ana");
      run.type("/list").awaitOut("eva");
      eva.broadcast("\u001b]0;x\u0007\n\u009b\u202e").await();
      eva.direct("ana", "\r\u001b[1A").await();
      run.awaitOut("eva: ␛]0;x␇␊\\u009b\\u202e\n").awaitOut("eva → you: ␍␛[1A\n").endInput();
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void aScriptWithoutANameIsToldTheOneItGot() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run = CliRun.at(server).run("", "chat");
      assertTrue(run.out().matches("You are Client-\\d+\\.\n"), run.out());
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void aTakenNameEndsAScript() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient _ = server.client("ana")) {
      CliRun run = CliRun.at(server).run("oi\n", "chat", "Ana");
      assertEquals("the name 'Ana' is in use\n", run.err());
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @Test
  void helpListsTheCommandsInPortugueseToo() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run =
          CliRun.at(server).with("LANG", "pt_BR.UTF-8").run("/help\n/list\n", "chat", "ana");
      assertTrue(run.out().contains("/msg <cliente> <mensagem>"), run.out());
      assertTrue(run.out().endsWith("1 aqui:\n  ana  cliente  (você)\n"), run.out());
    }
  }

  @Test
  void aLineLongerThanAnyFrameIsLeftOutAndSaidSo() throws Exception {
    try (TestServer server = TestServer.start()) {
      String tooLong = "x".repeat(1024 * 1024 + 1);
      CliRun run = CliRun.at(server).run(tooLong + "\r\nshort\r\n", "chat", "ana");
      assertEquals(THEN + "ana: short\n", run.out());
      assertEquals("A line of more than 1,048,576 characters was left out.\n", run.err());
    }
  }
}
