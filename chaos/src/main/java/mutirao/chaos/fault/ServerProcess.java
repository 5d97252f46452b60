package mutirao.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process of its own, which can be killed and started again. It does not outlive the
 * process that started it, however that ends.
 */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";
  private static final long START_WITHIN_SECONDS = 60;
  private static final long END_WITHIN_SECONDS = 60;
  private static final long TRY_EVERY_MS = 20;

  private final List<String> command;
  private final Path log;
  private final Readiness readiness;
  private @Nullable Process process;
  private @Nullable String address;

  /**
   * A server that is not started yet.
   *
   * @param command starts it in the foreground; it says on standard output that it listens
   * @param log gets what it says on standard error
   */
  public ServerProcess(List<String> command, Path log) {
    this(command, log, ServerProcess::address);
  }

  private ServerProcess(List<String> command, Path log, Readiness readiness) {
    this.command = Leash.on(command);
    this.log = log;
    this.readiness = readiness;
  }

  /** A server of another kind, which listens at that port of this machine. */
  public static ServerProcess listeningAt(int port, List<String> command, Path log) {
    return new ServerProcess(command, log, process -> connected(process, port));
  }

  /** Waits until a server listens, and tells where; null where it ended. */
  @FunctionalInterface
  private interface Readiness {
    @Nullable String await(Process started) throws IOException, InterruptedException;
  }

  private static @Nullable String connected(Process started, int port) throws InterruptedException {
    InetAddress here = InetAddress.getLoopbackAddress();
    while (started.isAlive()) {
      try (Socket _ = new Socket(here, port)) {
        return here.getHostAddress() + ":" + port;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(TRY_EVERY_MS);
      }
    }
    return null;
  }

  /**
   * Starts the server and waits until it listens.
   *
   * @return its address
   * @throws IOException where it ends instead
   */
  public String start() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(Redirect.appendTo(log.toFile()));
    Process started = builder.start();
    process = started;
    FutureTask<@Nullable String> told = new FutureTask<>(() -> readiness.await(started));
    Thread.startVirtualThread(told);
    try {
      String found = told.get(START_WITHIN_SECONDS, TimeUnit.SECONDS);
      if (found != null) {
        address = found;
        return found;
      }
      throw new IOException("the server ended with " + awaitEnd() + "; it said: " + said());
    } catch (TimeoutException e) {
      throw new IOException("the server does not listen; it said: " + said(), e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static @Nullable String address(Process started) throws IOException {
    BufferedReader out = started.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).strip();
      }
    }
    return null;
  }

  /** What it and those before it said on standard error. */
  public String said() throws IOException {
    return Files.readString(log);
  }

  private Process started() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  /** Where it listened last. */
  public String address() {
    return Objects.requireNonNull(address, "not started");
  }

  /** The number of the process. */
  public long pid() {
    return started().pid();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws IOException, InterruptedException {
    started().destroyForcibly();
    awaitEnd();
  }

  /**
   * Asks it to end (SIGTERM).
   *
   * @return its exit code
   */
  public int terminate() throws IOException, InterruptedException {
    Tools.run("kill", "-TERM", Long.toString(pid()));
    return awaitEnd();
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return its exit code
   * @throws IOException where it does not end
   */
  public int awaitEnd() throws IOException, InterruptedException {
    Process current = started();
    if (!current.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the server does not end; it said: " + said());
    }
    current.getOutputStream().close();
    return current.exitValue();
  }

  /** Stops it where it stands. */
  public void pause() throws IOException, InterruptedException {
    Tools.run("kill", "-STOP", Long.toString(pid()));
  }

  /** Lets it go on. */
  public void unpause() throws IOException, InterruptedException {
    Tools.run("kill", "-CONT", Long.toString(pid()));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process != null) {
      kill();
    }
  }
}
