package mutirao.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server as a process of its own, which can be killed and started again. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";

  private final List<String> command;
  private final Path log;
  private @Nullable Process process;

  /**
   * A server that is not started yet.
   *
   * @param command starts it in the foreground; it says on standard output that it listens
   * @param log gets what it says on standard error
   */
  public ServerProcess(List<String> command, Path log) {
    this.command = new ArrayList<>(command);
    this.log = log;
  }

  /**
   * Starts the server and waits until it listens.
   *
   * @return its address
   * @throws IOException where it ends instead
   */
  public String start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(Redirect.appendTo(log.toFile()));
    Process started = builder.start();
    process = started;
    BufferedReader out = started.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).strip();
      }
    }
    throw new IOException("the server ended before it listened; see " + log);
  }

  private Process started() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    started().destroyForcibly().waitFor();
  }

  /** Stops it where it stands. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  public void unpause() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(started().pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " ended with " + code);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
