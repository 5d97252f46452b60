package mutirao.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mutirao.cli.demo.ClusterDemo;
import mutirao.cli.demo.Narrator;
import mutirao.cli.demo.Narrator.StepFailed;
import mutirao.cli.demo.Story;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.terminal.StopSignals;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.core.Settings;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mutirao demo}: the whole system in one terminal. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false)
final class Demo implements Callable<Integer> {
  private static final int USUAL_TASKS = 20_000;
  private static final int MAX_TASKS = 1_000_000;

  /** So long a lost worker may come back before its tasks are given to another one. */
  private static final long RESUME_WINDOW_MS = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--exit")
  private boolean exit;

  @Option(names = "--port", paramLabel = "PORT")
  private @Nullable Integer port;

  @Option(names = "--cluster")
  private boolean cluster;

  @Option(names = "--load", paramLabel = "TASKS")
  private int tasks = USUAL_TASKS;

  private final Host host;
  private final Output output;

  Demo(Host host) {
    this.host = host;
    this.output = new Output(host);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (tasks < 1 || tasks > MAX_TASKS) {
      throw Errors.wrong(spec, host.texts().get("usage.range", "--load", 1, MAX_TASKS));
    }
    CountDownLatch stopped = new CountDownLatch(1);
    try (StopSignals.Registration _ = host.signals().onStop(stopped::countDown)) {
      return cluster ? onThree(stopped) : onOne(stopped);
    }
  }

  private int onThree(CountDownLatch stopped) throws IOException, InterruptedException {
    try (ClusterDemo demo = ClusterDemo.start(new Narrator(output))) {
      demo.tell();
      if (!exit) {
        demo.stay(stopped);
      }
      return Exit.DONE;
    } catch (StepFailed e) {
      return failed(e);
    }
  }

  private int failed(StepFailed failure) {
    output.printError(
        Line.of(
            Tone.BAD,
            "✗ " + host.texts().get("demo.failed", String.valueOf(failure.getMessage()))));
    return Exit.FAILED;
  }

  private int onOne(CountDownLatch stopped) throws IOException, InterruptedException {
    try (Server server = start();
        WebEdge web = page(server)) {
      String address = "127.0.0.1:" + server.address().getPort();
      try (Story story = new Story(new Narrator(output), address)) {
        return tell(story, address, web, stopped);
      }
    }
  }

  /** On the usual port, or a free one where somebody else has it already. */
  private static WebEdge page(Server server) throws IOException {
    String bind = ServerConfig.DEFAULT.bind();
    int tcp = server.address().getPort();
    WebConfig.Join join = new WebConfig.Join(true, null);
    try {
      return WebEdge.start(
          server.inside(), new WebConfig(bind, WebConfig.DEFAULT_WEB_PORT, tcp, join, null));
    } catch (IOException e) {
      return WebEdge.start(server.inside(), new WebConfig(bind, 0, tcp, join, null));
    }
  }

  private int tell(Story story, String address, WebEdge web, CountDownLatch stopped)
      throws IOException, InterruptedException {
    try {
      story.tell(tasks);
    } catch (StepFailed e) {
      return failed(e);
    }
    output.print(Line.EMPTY);
    if (exit) {
      output.say("demo.end");
    } else {
      invite(address, web);
      stopped.await();
    }
    return Exit.DONE;
  }

  /** The usual port, or a free one where somebody else has it already. */
  private Server start() throws IOException, InterruptedException {
    ServerConfig usual = ServerConfig.DEFAULT;
    Settings settings =
        new Settings(
            RESUME_WINDOW_MS, usual.settings().maxTasks(), usual.settings().maxPayloadBytes());
    ServerConfig config = usual.withSettings(settings);
    if (port != null) {
      return ServerStart.start(config.withAddress(usual.bind(), port));
    }
    try {
      return ServerStart.start(config);
    } catch (IOException e) {
      return ServerStart.start(config.withAddress(usual.bind(), 0));
    }
  }

  private void invite(String address, WebEdge web) {
    output.print(Line.of(Tone.STRONG, host.texts().get("demo.page")));
    output.print(Line.of("   http://127.0.0.1:" + web.address().getPort()));
    String server = " --server " + address;
    boolean usual = address.endsWith(":" + ServerConfig.DEFAULT.port());
    String option = usual ? "" : server;
    output.print(Line.of(Tone.STRONG, host.texts().get("demo.join")));
    output.print(Line.of("   ./mutirao chat" + option));
    output.print(Line.of("   ./mutirao tasks" + option));
    output.print(Line.of("   ./mutirao submit" + option + " sum 10 20 30 40"));
    output.print(Line.of("   ./mutirao worker" + option));
    String netcat = address.replace(':', ' ');
    output.print(
        Line.of(
            "   printf '{\"type\":\"register\",\"name\":\"nc\"}\\n{\"type\":\"broadcast\","
                + "\"message\":\"oi\"}\\n{\"type\":\"quit\"}\\n' | nc "
                + netcat));
    output.print(Line.of(Tone.NOTICE, host.texts().get("demo.stays")));
  }
}
