package mutirao.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import mutirao.cli.session.ConnectionNotices;
import mutirao.cli.tasks.InputTooLargeException;
import mutirao.cli.tasks.Params;
import mutirao.cli.tasks.ParamsInput;
import mutirao.cli.tasks.Results;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Converters;
import mutirao.cli.text.Texts;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskHandle;
import mutirao.client.TaskHandle.Acceptance;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.client.ops.BuiltInOperations;
import mutirao.protocol.Limits;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao submit}: one task from a script. */
@Command(name = "submit", mixinStandardHelpOptions = true, sortOptions = false)
final class Submit implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Parameters(
      index = "0",
      paramLabel = "OPERATION",
      descriptionKey = "OPERATION",
      completionCandidates = Operations.class)
  private String operation = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "VALUES", descriptionKey = "VALUES")
  private List<String> values = List.of();

  @Option(names = "--params", paramLabel = "JSON|-")
  private @Nullable String params;

  @Option(names = "--worker", paramLabel = "NAME")
  private @Nullable String worker;

  @Option(names = "--fallback")
  private boolean fallback;

  @Option(names = "--priority", paramLabel = "0-9")
  private int priority = Limits.DEFAULT_PRIORITY;

  @Option(names = "--no-wait")
  private boolean noWait;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "")
  private String name = "";

  @Option(names = "--key", paramLabel = "KEY")
  private @Nullable String key;

  @Option(names = "--delay", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private @Nullable Duration delay;

  @Option(names = "--timeout", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration timeout = Duration.ofMillis(Limits.DEFAULT_TIMEOUT_MS);

  @Option(names = "--expires", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private @Nullable Duration expires;

  @Option(names = "--max-attempts", paramLabel = "N")
  private int maxAttempts = Limits.DEFAULT_MAX_ATTEMPTS;

  @Option(names = "--backoff", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration backoff = Duration.ofMillis(Limits.DEFAULT_BACKOFF_MS);

  @Option(names = "--keep", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration keep = Duration.ofMillis(Limits.DEFAULT_KEEP_MS);

  private final Host host;
  private final Texts texts;
  private final Output output;

  Submit(Host host) {
    this.host = host;
    this.texts = host.texts();
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() throws IOException {
    checkRanges();
    TaskRequest request;
    try {
      request = TaskRequest.of(operation).params(input());
    } catch (InputTooLargeException e) {
      output.complain("submit.too.large", ParamsInput.MAX_BYTES);
      return Exit.FAILED;
    }
    complete(request);
    try (MutiraoClient client = MutiraoClient.connect(options())) {
      TaskHandle handle = client.submit(request);
      Acceptance acceptance = handle.accepted().await();
      if (noWait) {
        output.printRaw(acceptance.taskId());
        return Exit.DONE;
      }
      if (acceptance.waitingForWorker()) {
        output.complain("submit.waits", acceptance.taskId(), operation);
      }
      return ended(handle.result().await());
    }
  }

  private int ended(TaskResult result) {
    if (!result.done()) {
      output.printError(Results.ended(texts, result));
      return Exit.FAILED;
    }
    output.printRaw(Results.value(result.result()));
    return Exit.DONE;
  }

  /** What the operation gets, from the values, the option or standard input. */
  private @Nullable Object input() throws IOException, InputTooLargeException {
    if (params != null && !values.isEmpty()) {
      throw Errors.wrong(spec, texts.get("submit.values.or.params"));
    }
    try {
      if (params == null) {
        return Params.of(operation, values);
      }
      return params.equals(STANDARD_INPUT)
          ? ParamsInput.read(operation, host.in())
          : ParamsInput.json(params);
    } catch (Params.NotANumberException e) {
      throw Errors.wrong(spec, texts.get("not.a.number", e.word()));
    } catch (CharacterCodingException e) {
      throw Errors.wrong(spec, texts.get("not.utf8"));
    } catch (ParamsInput.NotJsonException e) {
      throw Errors.wrong(spec, texts.get("not.json", String.valueOf(e.getMessage())));
    }
  }

  private void complete(TaskRequest request) {
    request
        .fallback(fallback)
        .priority(priority)
        .timeout(timeout)
        .maxAttempts(maxAttempts)
        .backoff(backoff)
        .keep(keep);
    if (worker != null) {
      request.worker(worker);
    }
    if (key != null) {
      request.key(key);
    }
    if (delay != null) {
      request.delay(delay);
    }
    if (expires != null) {
      request.expires(expires);
    }
  }

  private void checkRanges() {
    inRange("--priority", priority, 0, Limits.MAX_PRIORITY);
    inRange("--max-attempts", maxAttempts, 1, Limits.MAX_ATTEMPTS);
  }

  private void inRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw Errors.wrong(spec, texts.get("usage.range", option, least, most));
    }
  }

  private ClientOptions options() {
    ConnectionNotices notices = new ConnectionNotices(texts, output::printError);
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onConnection(Connection change) {
            notices.changed(change);
          }
        };
    return connection
        .client()
        .name(name)
        .role(Role.TASK_CLIENT)
        .presence(false)
        .listener(listener)
        .build();
  }

  /** What a shell can offer: the names that every stock worker knows. */
  static final class Operations implements Iterable<String> {
    private final Set<String> names = BuiltInOperations.all().keySet();

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }
}
