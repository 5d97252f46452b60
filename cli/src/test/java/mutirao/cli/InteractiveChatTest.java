package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Seat;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractiveChatTest {
  private static final String TAB = "\t";
  private static final String ENTER = "\r";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String UP = "\u001bOA";

  @TempDir private Path folder = Path.of("");

  private CliRun sit(TestServer server, Seat seat, String... arguments) {
    return CliRun.at(server).on(seat).remembering(folder).start(arguments);
  }

  @Test
  void asksForTheNameAndGoesOnAskingWhileItIsTaken() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient _ = server.client("ana")) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat");
      seat.awaitLine("Your name").type("ana" + ENTER);
      seat.awaitLine("Somebody else has this name.").type("not allowed!" + ENTER);
      seat.awaitLine("A name has 1 to 64 letters").type("bruno" + ENTER);
      seat.awaitTyped("lobby> ").type("/quit" + ENTER);
      assertEquals(Exit.DONE, run.exit());
      assertTrue(seat.lines().stream().anyMatch(line -> line.contains("You are bruno")));
    }
  }

  @Test
  void whatArrivesStandsAboveWhatIsBeingTyped() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      seat.awaitTyped("lobby> ").type("half a li");
      seat.awaitTyped("lobby> half a li");
      ana.broadcast("first").await();
      ana.direct("bruno", "second").await();
      seat.awaitLine("ana → you: second").awaitTyped("lobby> half a li");
      assertEquals(
          1, seat.lines().stream().filter(line -> line.contains("half")).count(), "typed once");
      seat.type("ne" + ENTER).awaitLine("bruno: half a line").awaitTyped("lobby> ");
      assertEquals(
          1, seat.lines().stream().filter(line -> line.contains("half")).count(), "shown once");
      seat.type(CTRL_D);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void tabCompletesCommandsAndNames() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      seat.awaitTyped("lobby> ").type("/hi" + TAB).awaitTyped("lobby> /history ");
      seat.type(CTRL_C).awaitTyped("lobby> ");
      try (MutiraoClient _ = server.client("Alexandrina")) {
        seat.awaitLine("Alexandrina joined");
        seat.type("/msg alex" + TAB).awaitTyped("lobby> /msg Alexandrina ");
        seat.type(CTRL_C).awaitTyped("lobby> ");
        seat.type("Ale" + TAB).awaitTyped("lobby> Alexandrina: ");
        try (MutiraoClient _ = server.client("zuleica")) {
          seat.awaitLine("zuleica joined");
          seat.type(CTRL_C + "/msg zu" + TAB).awaitTyped("lobby> /msg zuleica ");
        }
      }
      seat.type(CTRL_C + CTRL_C);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void controlCGivesALineUpAndThenLeaves() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      for (int i = 0; i < 20; i++) {
        seat.awaitTyped("lobby> ").type("text " + i).awaitTyped("lobby> text " + i).type(CTRL_C);
      }
      seat.awaitTyped("lobby> ");
      assertFalse(run.hasEnded());
      seat.type(CTRL_C);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void thePromptNamesTheRoomThatTextGoesTo() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      seat.awaitTyped("lobby> ").type("/join obras" + ENTER).awaitTyped("obras> ");
      seat.type("oi" + ENTER).awaitLine("[obras] bruno: oi");
      seat.type("/leave" + ENTER).awaitTyped("lobby> ");
      seat.type("/leave" + ENTER).awaitTyped("> ");
      seat.type("oi?" + ENTER).awaitLine("You are in no room");
      seat.type("/nonsense" + ENTER).awaitLine("There is no command /nonsense");
      seat.type("/join lobby" + ENTER).awaitTyped("lobby> ").type("/quit" + ENTER);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void quotesAndBackslashesAreText() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      seat.awaitTyped("lobby> ").type("don't \"say\" C:\\ !x" + ENTER);
      seat.awaitLine("bruno: don't \"say\" C:\\ !x").type(CTRL_D);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void nobodysMessageMovesTheCursor() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana")) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno");
      seat.awaitTyped("lobby> ").type("typing");
      ana.broadcast("\u001b[2J\u001b[H\u009b31m\r\nfake: hi\u202e\u0007").await();
      seat.awaitLine("ana: ␛[2J␛[H\\u009b31m␍␊fake: hi\\u202e␇").awaitTyped("lobby> typing");
      assertTrue(seat.lines().stream().anyMatch(line -> line.contains("You are bruno")));
      seat.type(CTRL_C + CTRL_C);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void whatWasTypedIsRememberedForItsOwnerAlone() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat first = new Seat();
      CliRun run = sit(server, first, "chat", "bruno");
      first.awaitTyped("lobby> ").type("remember me" + ENTER).awaitLine("bruno: remember me");
      first.type(CTRL_D);
      assertEquals(Exit.DONE, run.exit());
      Seat second = new Seat();
      CliRun again = sit(server, second, "chat", "bruno");
      second.awaitTyped("lobby> ").type(UP).awaitTyped("lobby> remember me");
      second.type(CTRL_C + CTRL_C);
      assertEquals(Exit.DONE, again.exit());
      assertOnlyOwnerReads(folder.resolve("chat.history"));
    }
  }

  private static void assertOnlyOwnerReads(Path file) throws IOException {
    assertEquals(
        "[OWNER_READ, OWNER_WRITE]",
        Files.getPosixFilePermissions(file).stream().sorted().toList().toString());
  }

  @Test
  void coloursGoAwayWithNoColor() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat coloured = new Seat();
      CliRun run = sit(server, coloured, "chat", "bruno");
      coloured.awaitTyped("lobby> ");
      assertTrue(coloured.coloured());
      coloured.type(CTRL_D);
      assertEquals(Exit.DONE, run.exit());

      Seat plain = new Seat();
      CliRun noColour =
          CliRun.at(server)
              .with("NO_COLOR", "1")
              .on(plain)
              .remembering(folder)
              .start("chat", "eva");
      plain.awaitTyped("lobby> ").type("/list" + ENTER).awaitLine("client  (you)");
      assertFalse(plain.coloured());
      plain.type(CTRL_D);
      assertEquals(Exit.DONE, noColour.exit());
    }
  }

  @Test
  void aDumbTerminalIsTreatedAsAPipe() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun run =
          CliRun.at(server).with("TERM", "dumb").on(new Seat()).run("/list\n", "chat", "bruno");
      assertEquals("1 is here:\n  bruno  client  (you)\n", run.out());
    }
  }

  @Test
  void speaksPortuguese() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun run = sit(server, seat, "chat", "bruno", "--lang", "pt-BR");
      seat.awaitLine("Você é bruno").type("/msg ninguém oi" + ENTER);
      seat.awaitLine("Não enviado (ninguém chamado 'ninguém' está conectado): oi");
      seat.type("/quit" + ENTER);
      assertEquals(Exit.DONE, run.exit());
    }
  }
}
