package mutirao.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes system calls of a running server fail, with strace, until it is closed. */
public final class Injection implements AutoCloseable {
  private static final long END_WITHIN_SECONDS = 20;
  private static final String ATTACHED = " attached";

  private final Process strace;

  private Injection(Process strace) {
    this.strace = strace;
  }

  /**
   * Begins.
   *
   * @param what as strace's {@code -e inject=} takes it, such as {@code fdatasync:error=EIO}
   * @param more options of strace
   */
  public static Injection into(ServerProcess server, String what, String... more)
      throws IOException {
    String calls = what.substring(0, what.indexOf(':'));
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace", "-f", "-o", "/dev/null", "-e", "trace=" + calls, "-e", "inject=" + what));
    command.addAll(List.of(more));
    command.addAll(List.of("-p", Long.toString(server.pid())));
    Injection injection =
        new Injection(new ProcessBuilder(command).redirectErrorStream(true).start());
    BufferedReader said = injection.strace.inputReader(UTF_8);
    String line = said.readLine();
    if (line == null || !line.contains(ATTACHED)) {
      throw new IOException("strace cannot trace: " + line);
    }
    return injection;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    strace.destroy();
    if (!strace.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      strace.destroyForcibly();
      throw new IOException("strace did not end by itself");
    }
  }
}
