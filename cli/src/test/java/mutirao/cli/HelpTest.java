package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "server",
          "chat",
          "worker",
          "tasks",
          "submit",
          "why",
          "history",
          "cluster",
          "user",
          "token",
          "audit",
          "backup",
          "restore",
          "certs",
          "completion");

  @ParameterizedTest
  @ValueSource(strings = {"en", "pt-BR"})
  void everythingIsDescribed(String language) {
    CommandLine root = Mutirao.commandLine(CliRun.at("nowhere").host("--lang", language));
    assertEquals(COMMANDS, List.copyOf(root.getSubcommands().keySet()));
    assertDescribed(root);
    root.getSubcommands().values().forEach(HelpTest::assertDescribed);
  }

  private static void assertDescribed(CommandLine command) {
    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
    assertFalse(String.join("", spec.usageMessage().description()).isBlank(), spec.name());
    for (ArgSpec argument : spec.args()) {
      assertFalse(String.join("", argument.description()).isBlank(), spec.name() + " " + argument);
    }
  }

  @ParameterizedTest
  @CsvSource({"en, Usage: mutirao, Options:", "pt-BR, Uso: mutirao, Opções:"})
  void helpIsShownInTheLanguage(String language, String usage, String options) throws Exception {
    CliRun root = CliRun.at("nowhere").run("", "--help", "--lang", language);
    assertTrue(root.out().startsWith(usage), root.out());
    COMMANDS.forEach(command -> assertTrue(root.out().contains("\n  " + command), command));
    assertEquals(Exit.DONE, root.exit());
    for (String command : COMMANDS) {
      CliRun run = CliRun.at("nowhere").run("", command, "--help", "--lang", language);
      assertTrue(run.out().startsWith(usage + " " + command), run.out());
      assertTrue(run.out().contains(options), run.out());
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  void withoutACommandTheUsageIsShown() throws Exception {
    CliRun run = CliRun.at("nowhere").run("");
    assertTrue(run.err().startsWith("Usage: mutirao"), run.err());
    assertEquals("", run.out());
    assertEquals(Exit.USAGE, run.exit());
  }

  @Test
  void anUnknownCommandGetsASuggestion() throws Exception {
    CliRun run = CliRun.at("nowhere").run("", "sumbit", "sum", "1");
    assertTrue(run.err().contains("Did you mean: submit"), run.err());
    assertEquals(Exit.USAGE, run.exit());
  }

  @Test
  void theVersionIsShown() throws Exception {
    CliRun run = CliRun.at("nowhere").run("", "--version");
    assertTrue(run.out().matches("mutirao \\d+\\.\\d+\\.\\d+\n"), run.out());
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOperations() throws Exception {
    CliRun run = CliRun.at("nowhere").run("", "completion");
    COMMANDS.forEach(
        command ->
            assertTrue(run.out().contains("function _picocli_mutirao_" + command + "()"), command));
    assertTrue(run.out().contains("count_words"));
    assertTrue(run.out().contains("--no-wait"));
    Process bash = new ProcessBuilder("bash", "-n").start();
    bash.outputWriter().append(run.out()).close();
    assertEquals("", new String(bash.getErrorStream().readAllBytes(), UTF_8));
    assertEquals(0, bash.waitFor());
  }
}
