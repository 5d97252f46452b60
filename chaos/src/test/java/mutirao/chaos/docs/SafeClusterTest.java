package mutirao.chaos.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.chaos.campaign.Servers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The safe cluster of docs/security.md, line by line, at ports that are free here. */
@Tag("long")
class SafeClusterTest {
  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Pattern COMMANDS =
      Pattern.compile("<!-- checked: run as it is -->\n```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PORT = Pattern.compile("\\b[57]05[123]\\b");
  private static final int WITHIN_SECONDS = 120;

  @TempDir private Path folder = Path.of("");

  /** The commands; after those that stay in the background, a wait until all of them say so. */
  private static String script() throws IOException {
    var found = COMMANDS.matcher(Files.readString(PAGE, UTF_8));
    assertTrue(found.find(), "docs/security.md has the commands");
    TreeMap<String, String> ports = new TreeMap<>();
    String commands =
        PORT.matcher(found.group(1))
            .replaceAll(
                port ->
                    ports.computeIfAbsent(port.group(), _ -> Integer.toString(Servers.freePort())));
    List<String> lines = commands.lines().toList();
    assertEquals(10, lines.size(), "ten commands");
    StringBuilder script = new StringBuilder("set -eu\ntrap 'kill $(jobs -p); wait' EXIT\n");
    int background = 0;
    for (String line : lines) {
      if (line.endsWith(" &")) {
        script.append(line, 0, line.length() - 2);
        script.append(" > out.").append(background++).append(" 2>&1 &\n");
      } else {
        script.append(said(background)).append(line).append('\n');
      }
    }
    return script.append(said(background)).toString();
  }

  private static String said(int background) {
    StringBuilder wait = new StringBuilder();
    for (int i = 0; i < background; i++) {
      wait.append("until grep -qE 'listening on|oficina-1' out.")
          .append(i)
          .append("; do sleep 0.1; done\n");
    }
    return wait.toString();
  }

  private String run(String script) throws IOException, InterruptedException {
    Path launcher =
        Files.createFile(
            folder.resolve("mutirao"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    String program =
        Servers.program().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(launcher, "#!/bin/sh\nexec " + program + " \"$@\"\n");
    Path output = folder.resolve("output");
    Process shell =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(shell.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS), () -> said(output));
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
    return said(output);
  }

  private static String said(Path output) {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void theTenCommandsMakeOne() throws Exception {
    String said =
        run(
            script()
                + """
                ./mutirao submit sum 10 20 30 40
                env -u MUTIRAO_USER -u MUTIRAO_PASSWORD ./mutirao submit sum 1 || echo stranger $?
                env -u MUTIRAO_TLS_CA MUTIRAO_TLS=1 ./mutirao submit sum 1 || echo unknown $?
                MUTIRAO_PASSWORD=errado ./mutirao submit sum 1 || echo guesser $?
                kill -9 %1
                ./mutirao submit sum 20 30 50
                """);

    assertEquals(2, said.lines().filter("100"::equals).count(), said);
    assertTrue(said.contains("stranger 77"), said);
    assertTrue(said.contains("guesser 77"), said);
    assertTrue(said.contains("unknown 69"), said);
  }
}
