package mutirao.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Random;
import java.util.StringTokenizer;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Seat;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoWorker;
import mutirao.client.ops.BuiltInOperations;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One task from a script. */
class SubmitTest {

  private static CliRun submit(String input, String... arguments) throws Exception {
    return submit(input.getBytes(UTF_8), arguments);
  }

  private static CliRun submit(byte[] input, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "submit";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (TestServer server = TestServer.start();
        MutiraoWorker _ = server.worker("Worker-1", BuiltInOperations.all())) {
      return CliRun.at(server).run(input, all);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sum 10 20 30 40, 100",
    "sum 0.1 0.2, 0.3",
    "sum -5 3, -2",
    "sum, 0",
    "average 1 2, 1.5",
    "max 3 9 4, 9",
    "min 3 9 4, 3",
    "count_words um dois  três, 3",
    "count_chars olá mundo, 9",
    "uppercase olá 1 2, OLÁ 1 2",
    "lowercase OLÁ, olá",
  })
  void printsTheResultAlone(String command, String result) throws Exception {
    CliRun run = submit("", command.split(" "));
    assertEquals(result + "\n", run.out());
    assertEquals("", run.err());
    assertEquals(Exit.DONE, run.exit());
  }

  @Test
  void paramsAreJson() throws Exception {
    assertEquals("6\n", submit("", "sum", "--params", "{\"numbers\":[1,2,3]}").out());
    assertEquals("6\n", submit("{\"numbers\":[1,\n2,3]}", "sum", "--params", "-").out());
    assertEquals("2\n", submit("{\"text\":\"a b\"}", "count_words", "--params", "-").out());
  }

  @Test
  void theBuiltInTextOperationsTakeTextItself() throws Exception {
    assertEquals("3\n", submit("one {two}\nthree\n", "count_words", "--params", "-").out());
    assertEquals("1\n", submit("{\"no_text\":1}", "count_words", "--params", "-").out());
    assertEquals("{A\n\tB\n\n", submit("{a\n\tb\n", "uppercase", "--params", "-").out());
  }

  @Test
  void theWordsOfABookAreCounted() throws Exception {
    String book = book(700_000);
    CliRun run = submit(book, "count_words", "--params", "-");
    assertEquals(new StringTokenizer(book).countTokens() + "\n", run.out());
    CliRun chars = submit(book, "count_chars", "--params", "-");
    assertEquals(book.codePoints().count() + "\n", chars.out());
  }

  /** Words of all lengths, all kinds of ASCII white space, some letters beyond ASCII. */
  private static String book(int size) {
    Random random = new Random(7);
    StringBuilder book = new StringBuilder();
    while (book.length() < size) {
      book.append("ção\"\\😀".repeat(random.nextInt(2)));
      book.append("abcdefghij", 0, random.nextInt(10));
      book.append(" \n\t\r\f ".charAt(random.nextInt(6)));
    }
    return book.toString();
  }

  @Test
  void moreThanAFrameIsAClearError() throws Exception {
    CliRun run = submit("x ".repeat(600_000), "count_words", "--params", "-");
    assertEquals("this is larger than one frame may be; nothing was sent\n", run.err());
    assertEquals("", run.out());
    assertEquals(Exit.FAILED, run.exit());
  }

  @Test
  void textThatIsNotUtf8IsAClearError() throws Exception {
    CliRun run = submit("olá".getBytes(ISO_8859_1), "count_words", "--params", "-");
    assertTrue(run.err().startsWith("Standard input is not UTF-8."), run.err());
    assertEquals(Exit.USAGE, run.exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sum 1 x | 'x' is not a number",
        "sum --params {bad | The params are not valid: not strict JSON at byte 1",
        "sum --params {} 1 | Give either values or --params",
        "sum --priority 12 | --priority must be from 0 to 9.",
        "sum --priority high | 'high' is no value for --priority.",
        "sum --timeout soon | 'soon' is no value for --timeout.",
        "sum --bogus 1 | This is not understood: --bogus",
        "--server | The value of --server is missing or wrong.",
        "--lang fr sum | The languages are en and pt-BR, not 'fr'.",
        "--priority 1 | Missing: OPERATION",
      })
  void wrongUsageIsExplained(String command, String explanation) throws Exception {
    CliRun run = submit("", command.split(" "));
    assertTrue(run.err().contains(explanation), run.err());
    assertTrue(run.err().endsWith("--help\n"), run.err());
    assertEquals("", run.out());
    assertEquals(Exit.USAGE, run.exit());
  }

  @Test
  void failedWorkIsOnStandardError() throws Exception {
    CliRun run = submit("", "average");
    assertEquals("", run.out());
    assertTrue(run.err().contains("failed on Worker-1: bad_input: numbers"), run.err());
    assertEquals(Exit.FAILED, run.exit());
    CliRun nowhere = submit("", "sum", "1", "--worker", "Worker-9");
    assertEquals("no worker called 'Worker-9' is connected\n", nowhere.err());
    assertEquals(Exit.FAILED, nowhere.exit());
  }

  @Test
  void noWaitPrintsTheIdAlone() throws Exception {
    CliRun run = submit("", "sum", "1", "--no-wait");
    assertTrue(run.out().matches("\\w+\n"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void oneKeyIsOneTask() throws Exception {
    try (TestServer server = TestServer.start()) {
      String[] command = {"submit", "dance", "--no-wait", "--name", "zé", "--key", "k"};
      CliRun first = CliRun.at(server).run("", command);
      CliRun second = CliRun.at(server).run("", command);
      assertEquals(first.out(), second.out());
      assertEquals(Exit.DONE, second.exit());
    }
  }

  @Test
  void resultsStayAsTheyAreInAPipeAndAreMadeVisibleOnATerminal() throws Exception {
    try (TestServer server = TestServer.start();
        MutiraoWorker _ =
            server.worker(
                "Worker-1",
                Map.of("text", _ -> "\u001b[2J\nb", "json", _ -> Map.of("a", "\u009b")))) {
      assertEquals("\u001b[2J\nb\n", CliRun.at(server).run("", "submit", "text").out());
      assertEquals("{\"a\":\"\u009b\"}\n", CliRun.at(server).run("", "submit", "json").out());
      Seat seat = new Seat();
      assertEquals("␛[2J\nb\n", CliRun.at(server).on(seat).run("", "submit", "text").out());
      assertEquals(
          "{\"a\":\"\\u009b\"}\n", CliRun.at(server).on(seat).run("", "submit", "json").out());
    }
  }

  @Test
  void aServerThatIsNotThereHasItsOwnExitCode() throws Exception {
    // Held, so that nobody else gets the port, by a socket that does not listen.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String server = "127.0.0.1:" + held.getLocalPort();
      CliRun run = CliRun.at(server).run("", "submit", "sum", "1");
      assertTrue(run.err().startsWith("No server answers at " + server + "."), run.err());
      assertTrue(run.err().contains("./mutirao server"), run.err());
      assertEquals(Exit.UNREACHABLE, run.exit());
      for (String command : new String[] {"chat", "tasks", "worker"}) {
        assertEquals(Exit.UNREACHABLE, CliRun.at(server).run("", command, "x").exit(), command);
      }
    }
  }

  @Test
  void aServerThatRefusesWhoOneIsHasItsOwnExitCode() throws Exception {
    try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(refusing));
      CliRun run =
          CliRun.at("127.0.0.1:" + refusing.getLocalPort())
              .with("MUTIRAO_TOKEN", "secret-token")
              .run("", "submit", "sum", "1");
      assertEquals("go away\n", run.err());
      assertEquals(Exit.UNAUTHORIZED, run.exit());
    }
  }

  private static void refuse(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket.getInputStream().read(new byte[4096]);
      String error = "{\"type\":\"error\",\"code\":\"unauthorized\",\"message\":\"go away\"}\n";
      socket.getOutputStream().write(error.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client hung up first.
      return;
    }
  }
}
