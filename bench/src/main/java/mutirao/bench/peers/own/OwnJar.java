package mutirao.bench.peers.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;

/** The {@code mutirao} command of this build, run in a directory of its own. */
public final class OwnJar {
  /** A log that is kept nowhere. */
  public static final List<String> IN_MEMORY = List.of("--memory");

  private static final int COMMAND_SECONDS = 60;

  /** For commands that end at once. */
  private static final List<String> SHORT_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");

  private final PeerOptions options;
  private final Path directory;

  /** The command with {@code directory} as its own. */
  public OwnJar(PeerOptions options, Path directory) {
    this.options = options;
    this.directory = directory.toAbsolutePath();
  }

  /**
   * Starts a server on free ports of this machine.
   *
   * @param more options
   * @param environment what is added to this process's own
   * @param web whether its port for HTTP is needed
   */
  public RunningServer server(List<String> more, Map<String, String> environment, boolean web)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("server", "--bind", "127.0.0.1"));
    arguments.addAll(List.of("--port", "0", "--web-port", "0"));
    arguments.addAll(more);
    return RunningServer.announced(
        command(options.jvmFlags(), arguments), environment, directory, web);
  }

  /**
   * Runs a command to its end.
   *
   * @return what it printed
   * @throws IOException where it fails; the message holds what it said
   */
  String run(Map<String, String> environment, String... arguments) throws IOException {
    Files.createDirectories(directory);
    Path errors = directory.resolve("command.log");
    ProcessBuilder builder = new ProcessBuilder(command(SHORT_FLAGS, List.of(arguments)));
    // Whoever runs this may be somebody at another server.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MUTIRAO_"));
    builder.environment().putAll(environment);
    Process process =
        builder.directory(directory.toFile()).redirectError(Redirect.to(errors.toFile())).start();
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            "mutirao " + String.join(" ", arguments) + ": " + Files.readString(errors).strip());
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command(List<String> flags, List<String> arguments) {
    Path jar = options.serverJar().toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(options.java().toString());
    command.addAll(flags);
    Path notes = jar.resolveSibling("mutirao.aot");
    if (Files.exists(notes)) {
      // As the launcher does; where they do not fit, the JVM starts without.
      command.addAll(List.of("-XX:AOTCache=" + notes, "-Xlog:aot*=off", "-Xlog:cds*=off"));
    }
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    return command;
  }
}
