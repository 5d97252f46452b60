package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Screen;
import mutirao.cli.terminal.StopSignals;
import mutirao.cli.text.Languages;
import mutirao.cli.text.Texts;
import mutirao.testkit.TestServer;

/** One run of the command line in this process, through pipes unless it is given a screen. */
final class CliRun {
  private final TypedInput in = new TypedInput();
  private final Watched out = new Watched();
  private final Watched err = new Watched();
  private final List<Runnable> onStop = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private Screen screen = Screen.NONE;
  private Path userData = Path.of("/nowhere");

  private CliRun() {}

  /** A run that finds {@code server} in its environment. */
  static CliRun at(TestServer server) {
    return at(server.hostAndPort());
  }

  static CliRun at(String server) {
    return new CliRun().with("MUTIRAO_SERVER", server).with("LANG", "en_US.UTF-8");
  }

  CliRun with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CliRun on(Screen newScreen) {
    screen = newScreen;
    return this;
  }

  CliRun remembering(Path folder) {
    userData = folder;
    return this;
  }

  /** What a run with these arguments would find around it. */
  Host host(String... arguments) {
    StopSignals signals =
        action -> {
          onStop.add(action);
          return () -> onStop.remove(action);
        };
    return new Host(
        in,
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        UTF_8,
        environment,
        new Texts(Languages.wanted(arguments, environment)),
        userData,
        screen,
        signals);
  }

  /** Begins it; the input stays open. */
  CliRun start(String... arguments) {
    Host host = host(arguments);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                exit.complete(Mutirao.run(host, arguments));
              } catch (RuntimeException | Error e) {
                exit.completeExceptionally(e);
              }
            });
    return this;
  }

  /** Runs it to the end with this input. */
  CliRun run(String input, String... arguments) throws InterruptedException {
    return run(input.getBytes(UTF_8), arguments);
  }

  CliRun run(byte[] input, String... arguments) throws InterruptedException {
    in.add(input);
    in.end();
    start(arguments).exit();
    return this;
  }

  CliRun type(String line) {
    in.type(line + "\n");
    return this;
  }

  CliRun endInput() {
    in.end();
    return this;
  }

  /** Ctrl-C, or kill. */
  void signal() {
    onStop.forEach(Runnable::run);
  }

  CliRun awaitOut(String text) throws InterruptedException {
    out.await(text);
    return this;
  }

  CliRun awaitErr(String text) throws InterruptedException {
    err.await(text);
    return this;
  }

  String out() {
    return out.text();
  }

  String err() {
    return err.text();
  }

  List<String> outLines() {
    return out().lines().toList();
  }

  boolean hasEnded() {
    return exit.isDone();
  }

  /** The exit code, once it is there. */
  int exit() throws InterruptedException {
    try {
      return exit.get(Watched.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it does not end; so far:\n" + out() + "\n" + err(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("it threw", e.getCause());
    }
  }
}
