package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;

/** The command line as a process: signals, streams and exit codes of the system. */
class ProcessTest {

  static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "mutirao.cli.Mutirao"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  @Test
  void aServerEndsWellOnSigterm() throws Exception {
    Process server = start("server", "--no-web", "--port", "0", "--memory");
    try (BufferedReader out = server.inputReader(UTF_8)) {
      String listening = out.readLine();
      assertTrue(listening.startsWith("listening on 127.0.0.1:"), listening);
      String address = listening.substring("listening on ".length());
      // Without a locale the system claims ASCII; text is UTF-8 all the same.
      Process chat = start("chat", "--server", address, "ana");
      chat.outputWriter(UTF_8).append("olá\n").close();
      String said = new String(chat.getInputStream().readAllBytes(), UTF_8);
      assertTrue(said.endsWith(" ana: olá\n"), said);
      assertEquals(Exit.DONE, chat.waitFor());
      server.destroy();
      assertEquals(Exit.DONE, server.waitFor());
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void wrongUsageIsExitCodeTwoWithoutATrace() throws Exception {
    Process process = start("submit");
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertEquals("Missing: OPERATION\nFor help: mutirao submit --help\n", errors);
    assertEquals(Exit.USAGE, process.waitFor());
  }
}
