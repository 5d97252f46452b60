package mutirao.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import mutirao.cli.session.ConnectionNotices;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.terminal.StopSignals;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.cli.worker.ShellOperation;
import mutirao.cli.worker.TaskLog;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.ops.BuiltInOperations;
import mutirao.protocol.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao worker}: runs tasks until it is told to stop. */
@Command(name = "worker", mixinStandardHelpOptions = true, sortOptions = false)
final class WorkerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME", defaultValue = "")
  private String name = "";

  @Option(names = "--slots", paramLabel = "N")
  private int slots = Runtime.getRuntime().availableProcessors();

  @Option(names = "--exec", paramLabel = "OPERATION=COMMAND")
  private Map<String, String> commands = new LinkedHashMap<>();

  @Option(
      names = "--operations",
      paramLabel = "OPERATION[,…]",
      split = ",",
      completionCandidates = Submit.Operations.class)
  private List<String> chosen = List.of();

  @Option(names = "--no-built-in")
  private boolean noBuiltIn;

  @Option(names = {"-q", "--quiet"})
  private boolean quiet;

  private final Host host;
  private final Output output;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean gaveUp = new AtomicBoolean();

  WorkerCommand(Host host) {
    this.host = host;
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Operation> operations = operations();
    MutiraoWorker worker =
        MutiraoWorker.of(options())
            .operations(operations)
            .slots(slots)
            .observer(quiet ? MutiraoWorker.Observer.NONE : new TaskLog(output))
            .start();
    try (worker;
        StopSignals.Registration _ = host.signals().onStop(() -> stop(worker))) {
      greet(worker, operations.keySet());
      worker.await();
    }
    return gaveUp.get() ? Exit.FAILED : Exit.DONE;
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> operations = builtIn();
    commands.forEach((named, command) -> operations.put(named, new ShellOperation(command)));
    if (operations.isEmpty()) {
      throw Errors.wrong(spec, host.texts().get("worker.no.operations"));
    }
    if (slots < 1 || slots > Limits.MAX_SLOTS) {
      throw Errors.wrong(spec, host.texts().get("usage.range", "--slots", 1, Limits.MAX_SLOTS));
    }
    return operations;
  }

  /** Those of the stock operations that are wanted: all, unless something else was said. */
  private Map<String, Operation> builtIn() {
    if (noBuiltIn && !chosen.isEmpty()) {
      throw Errors.wrong(spec, host.texts().get("worker.operations.or.none"));
    }
    Map<String, Operation> all = BuiltInOperations.all();
    Map<String, Operation> wanted = new LinkedHashMap<>();
    for (String named : chosen.isEmpty() && !noBuiltIn ? all.keySet() : chosen) {
      Operation known = all.get(named);
      if (known == null) {
        throw Errors.wrong(
            spec,
            host.texts().get("worker.unknown.operation", named, String.join(", ", all.keySet())));
      }
      wanted.put(named, known);
    }
    return wanted;
  }

  private ClientOptions options() {
    ConnectionNotices notices = new ConnectionNotices(host.texts(), output::printError);
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onConnection(Connection change) {
            notices.changed(change);
          }
        };
    return connection.client().name(name).presence(false).listener(listener).build();
  }

  private void greet(MutiraoWorker worker, Collection<String> operations) {
    output.print(
        Line.of(
            Tone.NOTICE,
            host.texts()
                .get(
                    "worker.ready",
                    worker.name(),
                    worker.client().server(),
                    worker.slots(),
                    String.join(", ", operations))));
  }

  /** The first time gently, the second time at once. */
  private void stop(MutiraoWorker worker) {
    if (draining.compareAndSet(false, true)) {
      output.say("worker.draining", worker.running());
      var _ = worker.drain();
    } else {
      gaveUp.set(worker.running() > 0);
      output.say("worker.leaving");
      worker.close();
    }
  }
}
