package mutirao.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server that accepts connections; one that was started here ends with {@link #close}, or with
 * this process.
 */
public final class RunningServer implements AutoCloseable {
  private static final String ANNOUNCEMENT = "listening on ";
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 10;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final String WEB_ANNOUNCEMENT = "web on http://";

  private final InetSocketAddress address;
  private final @Nullable InetSocketAddress web;
  private final OptionalLong pid;
  private final @Nullable Process process;
  private final @Nullable Thread reaper;
  private final List<RunningServer> others;

  private RunningServer(
      InetSocketAddress address,
      @Nullable InetSocketAddress web,
      OptionalLong pid,
      @Nullable Process process,
      List<RunningServer> others) {
    this.others = others;
    this.address = address;
    this.web = web;
    this.pid = pid;
    this.process = process;
    this.reaper = process == null ? null : new Thread(() -> destroyAll(process));
    if (reaper != null) {
      Runtime.getRuntime().addShutdownHook(reaper);
    }
  }

  /** A server that somebody else runs. */
  public static RunningServer external(InetSocketAddress address, OptionalLong pid) {
    return new RunningServer(address, null, pid, null, List.of());
  }

  /** A server that somebody else runs, with a port for HTTP. */
  public static RunningServer external(InetSocketAddress address, InetSocketAddress web) {
    return new RunningServer(address, web, OptionalLong.empty(), null, List.of());
  }

  /**
   * Several that are one system, reached at the first; what they use together is not known. They
   * end together.
   */
  public static RunningServer group(List<RunningServer> members) {
    return new RunningServer(members.getFirst().address, null, OptionalLong.empty(), null, members);
  }

  /** Picks free ports of 127.0.0.1, no two the same. */
  public static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /**
   * Starts a process that prints {@code listening on HOST:PORT}.
   *
   * @throws IOException where it ends or stays silent instead; the message holds what it said
   */
  public static RunningServer announced(List<String> command, Path directory) throws IOException {
    return announced(command, Map.of(), directory, false);
  }

  /**
   * The same.
   *
   * @param environment what is added to this process's own
   * @param web whether to wait for {@code web on http://HOST:PORT} as well
   */
  public static RunningServer announced(
      List<String> command, Map<String, String> environment, Path directory, boolean web)
      throws IOException {
    Process process = launch(command, environment, directory, Redirect.PIPE);
    CompletableFuture<Places> announced = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> readAnnouncement(process, web, announced));
    try {
      Places places = announced.get(START_SECONDS, TimeUnit.SECONDS);
      return new RunningServer(
          places.address(), places.web(), OptionalLong.of(process.pid()), process, List.of());
    } catch (ExecutionException | TimeoutException e) {
      throw failure(process, command, directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(process, command, directory, e);
    }
  }

  /**
   * Starts a process on a free port of 127.0.0.1 and waits until it takes connections.
   *
   * @throws IOException where it ends or does not answer; the message holds what it said
   */
  public static RunningServer onFreePort(IntFunction<List<String>> commandForPort, Path directory)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = commandForPort.apply(port);
    Process process = launch(command, Map.of(), directory, Redirect.DISCARD);
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!accepts(address)) {
      if (!process.isAlive() || System.nanoTime() > giveUp) {
        throw failure(process, command, directory, new IOException("no answer on port " + port));
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
    return new RunningServer(address, null, OptionalLong.of(process.pid()), process, List.of());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Where it speaks HTTP. */
  public InetSocketAddress web() {
    return Objects.requireNonNull(web, "a server without a web port");
  }

  /** Its process; empty where that is not known. */
  public OptionalLong pid() {
    return pid;
  }

  /** Asks the process to end, waits a while, then ends it and what it has started. */
  @Override
  public void close() {
    others.forEach(RunningServer::close);
    if (process == null || reaper == null) {
      return;
    }
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    helpers.forEach(ProcessHandle::destroyForcibly);
    try {
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (IllegalStateException e) {
      // This process is going down already, and the hook with it: it has nothing left to end.
      process.destroyForcibly();
    }
  }

  private static void destroyAll(Process process) {
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroyForcibly();
    helpers.forEach(ProcessHandle::destroyForcibly);
  }

  private static Process launch(
      List<String> command, Map<String, String> environment, Path directory, Redirect output)
      throws IOException {
    Files.createDirectories(directory);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .directory(directory.toFile())
        .redirectOutput(output)
        .redirectError(errors(directory).toFile())
        .start();
  }

  private static Path errors(Path directory) {
    return directory.resolve("stderr.log");
  }

  /** What a process has said of itself. */
  private record Places(InetSocketAddress address, @Nullable InetSocketAddress web) {}

  private static void readAnnouncement(
      Process process, boolean web, CompletableFuture<Places> announced) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      InetSocketAddress address = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ANNOUNCEMENT)) {
          address = parse(line.substring(ANNOUNCEMENT.length()));
          if (!web) {
            announced.complete(new Places(address, null));
          }
        } else if (address != null && line.startsWith(WEB_ANNOUNCEMENT)) {
          InetSocketAddress webAddress = parse(line.substring(WEB_ANNOUNCEMENT.length()));
          announced.complete(new Places(address, webAddress));
        }
      }
      announced.completeExceptionally(new IOException("it ended without listening"));
    } catch (IOException | IllegalArgumentException e) {
      announced.completeExceptionally(e);
    }
  }

  /** Reads {@code HOST:PORT}. */
  public static InetSocketAddress parse(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not HOST:PORT: " + hostAndPort);
    }
    String host = hostAndPort.substring(0, colon);
    return new InetSocketAddress(host, Integer.parseInt(hostAndPort.substring(colon + 1).strip()));
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static IOException failure(
      Process process, List<String> command, Path directory, Exception cause) {
    destroyAll(process);
    String errors;
    try {
      errors = Files.readString(errors(directory)).strip();
    } catch (IOException e) {
      errors = e.toString();
    }
    String message = "cannot start: " + String.join(" ", command);
    return new IOException(
        errors.isEmpty() ? message : message + System.lineSeparator() + errors, cause);
  }
}
