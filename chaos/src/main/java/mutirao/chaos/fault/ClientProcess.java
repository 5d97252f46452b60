package mutirao.chaos.fault;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client as a process of its own, which can be killed. */
public final class ClientProcess implements AutoCloseable {
  private static final long END_WITHIN_SECONDS = 20;
  private final Process process;

  private ClientProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a program of this class path.
   *
   * @param main its main class
   * @param log gets what it says
   */
  public static ClientProcess start(Class<?> main, List<String> arguments, Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return new ClientProcess(
        new ProcessBuilder(Leash.on(command))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws IOException, InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("a killed client does not end");
    }
    process.getOutputStream().close();
  }

  /** Stops it where it stands. */
  public void pause() throws IOException, InterruptedException {
    Tools.run("kill", "-STOP", Long.toString(process.pid()));
  }

  /** Lets it go on. */
  public void unpause() throws IOException, InterruptedException {
    Tools.run("kill", "-CONT", Long.toString(process.pid()));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
  }
}
