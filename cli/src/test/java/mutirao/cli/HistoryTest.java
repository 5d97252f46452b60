package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.ops.BuiltInOperations;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the archive of a server on disk has, from a script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
  private static final String DATE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws InterruptedException {
    server =
        TestServer.start(ServerConfig.DEFAULT.withStorage(new Storage(folder, Storage.Sync.NONE)));
    try (MutiraoClient ana = server.client("ana");
        MutiraoClient bia = server.client("bia");
        MutiraoWorker _ = server.worker("Worker-1", BuiltInOperations.all())) {
      ana.broadcast("o cimento\nchegou \u001b[2J").await();
      ana.join("obras").await();
      ana.broadcast("obras", "cadê a areia?").await();
      bia.direct("ana", "cimento, só para ti").await();
      ana.call("uppercase", Map.of("text", "cimento"));
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private CliRun history(String... arguments) throws InterruptedException {
    String[] all = new String[arguments.length + 1];
    all[0] = "history";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CliRun.at(server).run("", all);
  }

  private static void assertLines(CliRun run, String... expected) throws InterruptedException {
    assertEquals("", run.err());
    assertEquals(Exit.DONE, run.exit());
    List<String> lines =
        run.outLines().stream().map(line -> line.replaceFirst("^" + DATE + "  ", "")).toList();
    assertEquals(
        List.of(expected),
        lines.stream().map(line -> line.replaceAll("task \\w+", "task T")).toList());
  }

  @Test
  void withAllTheTasksOfOthersAreFoundAndTheirMessagesAreNot() throws Exception {
    assertLines(
        history("--search", "cimento", "--name", "caio", "--all"),
        "uppercase  ana  task T done by Worker-1: CIMENTO  {\"text\":\"cimento\"}",
        "lobby      ana  o cimento␊chegou ␛[2J");
  }

  @Test
  void everybodySeesTheLobbyAndWhatIsTheirs() throws Exception {
    assertLines(history(), "lobby  ana  o cimento␊chegou ␛[2J");
    assertLines(
        history("--search", "cimen*", "--name", "ana"),
        "uppercase  ana  task T done by Worker-1: CIMENTO  {\"text\":\"cimento\"}",
        "→ ana      bia  cimento, só para ti",
        "lobby      ana  o cimento␊chegou ␛[2J");
    assertLines(history("--room", "Obras"), "obras  ana  cadê a areia?");
    assertLines(
        history("--tasks", "--name", "ana", "--lang", "pt-BR"),
        "uppercase  ana  tarefa "
            + history("--tasks", "--name", "ana", "--json").out().split("\"")[7]
            + " feita por Worker-1: CIMENTO  {\"text\":\"cimento\"}");
  }

  @Test
  void jsonIsForScripts() throws Exception {
    CliRun run = history("--json", "--by", "BIA", "--name", "ana");
    assertTrue(
        run.out()
            .matches(
                "\\{\"kind\":\"message\",\"sender\":\"bia\",\"target\":\"ana\","
                    + "\"message\":\"cimento, só para ti\",\"seq\":1,\"timestamp\":\\d+}\n"),
        run.out());
    assertEquals("", run.err());
  }

  @Test
  void whatIsNotShownIsSaid() throws Exception {
    CliRun part = history("--name", "ana", "--limit", "1");
    assertEquals(1, part.outLines().size());
    assertEquals("There is more; --limit shows more of it, --until what is older.\n", part.err());
    CliRun none = history("--search", "tijolo", "--lang", "pt-BR");
    assertEquals("", none.out());
    assertEquals("Nada foi encontrado.\n", none.err());
    assertEquals(Exit.DONE, none.exit());
    assertEquals("Nothing was found.\n", history("--until", "1999-12-31").err());
    assertEquals("Nothing was found.\n", history("--since", "9999-01-01 00:00").err());
  }

  @Test
  void aServerWithoutArchiveSaysSo() throws Exception {
    try (TestServer memory = TestServer.start()) {
      CliRun run = CliRun.at(memory).run("", "history");
      assertEquals("this server keeps no archive\n", run.err());
      assertEquals(Exit.FAILED, run.exit());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--limit 0 | --limit must be from 1 to 1,000,000. | 2",
        "--since soon | 'soon' is no value for --since. | 2",
        "--until 2026-02-30 | '2026-02-30' is no value for --until. | 2",
        "--tasks --messages | --messages and --tasks exclude each other. | 2",
        "--search * | 'words' must have from 1 to 32 words | 1",
        "--room lobby --task 11 | ask for one kind at a time | 1",
      })
  void wrongUsageIsExplained(String options, String explanation, int exit) throws Exception {
    CliRun run = history(options.split(" "));
    assertTrue(run.err().contains(explanation), run.err());
    assertEquals("", run.out());
    assertEquals(exit, run.exit());
  }
}
