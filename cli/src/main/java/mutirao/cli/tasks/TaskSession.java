package mutirao.cli.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mutirao.cli.session.Failures;
import mutirao.cli.session.PeopleTable;
import mutirao.cli.session.Refused;
import mutirao.cli.session.SessionLoop;
import mutirao.cli.session.SignIn;
import mutirao.cli.session.Typed;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskHandle.Acceptance;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.ServerFrame.TaskView;
import mutirao.protocol.ServerFrame.WorkerView;
import org.jspecify.annotations.Nullable;

/** One person, or script, that hands in tasks, from signing in to leaving. */
public final class TaskSession implements SessionLoop.Commands {
  private static final String ANY_WORKER = "any";
  private static final int MAX_RESULTS = 100;

  private static final List<String> COMMANDS =
      List.of("/list", "/workers", "/calculate", "/text", "/results", "/cancel", "/help", "/quit");

  private final Terminal terminal;
  private final Texts texts;
  private final MutiraoClient client;
  private final @Nullable Duration expires;
  private final OpenTasks open = new OpenTasks();
  private volatile List<WorkerView> workers = List.of();

  private TaskSession(Terminal terminal, MutiraoClient client, @Nullable Duration expires) {
    this.terminal = terminal;
    this.texts = terminal.texts();
    this.client = client;
    this.expires = expires;
  }

  /**
   * Signs in, carries out what is typed, and leaves; a script's session stays until the results
   * still due are printed.
   *
   * @param name the wanted name; null: see {@link SignIn}
   * @param expires how long a task may take in all; null: for ever
   * @return the exit code
   */
  public static int run(
      ClientOptions.Builder options,
      @Nullable String name,
      @Nullable Duration expires,
      Terminal terminal) {
    TaskEvents events = new TaskEvents(terminal);
    Optional<MutiraoClient> signedIn = SignIn.connect(options.listener(events), name, terminal);
    if (signedIn.isEmpty()) {
      return Exit.DONE;
    }
    try (MutiraoClient client = signedIn.get()) {
      TaskSession session = new TaskSession(terminal, client, expires);
      events.onWorkers(session::refreshWorkers);
      terminal.completeFrom(session::completions);
      if (terminal.interactive()) {
        session.refreshWorkers();
        terminal.say(Tone.NOTICE, "tasks.greeting", client.name(), client.server());
      }
      boolean well = new SessionLoop(terminal, client, session).run();
      String ended = events.notices().endedBy();
      if (ended == null) {
        session.finish();
        ended = events.notices().endedBy();
      }
      if (ended != null) {
        return Exit.ofCode(ended);
      }
      boolean allWell = well && !session.open.anyFailed();
      return allWell || terminal.interactive() ? Exit.DONE : Exit.FAILED;
    }
  }

  private void finish() {
    if (!terminal.interactive()) {
      open.allPrinted().join();
    } else if (!open.ids().isEmpty()) {
      terminal.say(Tone.NOTICE, "tasks.left.open", open.ids().size(), client.name());
    }
  }

  private void refreshWorkers() {
    if (terminal.interactive()) {
      // Without an answer the old list stays good enough for the TAB key.
      var _ = client.workers().thenAccept(list -> workers = list);
    }
  }

  @Override
  public Line prompt() {
    return Line.of(Tone.STRONG, texts.get("tasks.prompt") + "> ");
  }

  @Override
  public CompletableFuture<?> run(Typed typed) {
    String command = typed.command();
    if (command == null) {
      throw new Refused(texts.get("tasks.no.command"));
    }
    return switch (command) {
      case "list" ->
          client.clients().thenAccept(list -> PeopleTable.print(terminal, list, client.name()));
      case "workers" ->
          client
              .workers()
              .thenAccept(
                  list -> {
                    workers = list;
                    WorkerTable.print(terminal, list);
                  });
      case "calculate" -> calculate(typed.words());
      case "text" -> text(typed.split(2));
      case "results" -> results();
      case "cancel" -> cancel(typed.words());
      case "help" -> help();
      default -> throw new Refused(texts.get("unknown.command", "/" + command));
    };
  }

  private CompletableFuture<?> calculate(List<String> words) {
    if (words.size() < 2) {
      throw new Refused(texts.get("usage.calculate"));
    }
    try {
      Map<String, Object> params = Params.numbers(words.subList(2, words.size()));
      return submit(words.get(0), words.get(1), params);
    } catch (Params.NotANumberException e) {
      throw new Refused(texts.get("not.a.number", e.word()));
    }
  }

  private CompletableFuture<?> text(List<String> words) {
    if (words.size() < 3) {
      throw new Refused(texts.get("usage.text"));
    }
    return submit(words.get(0), words.get(1), Params.text(words.get(2)));
  }

  private CompletableFuture<?> submit(String worker, String operation, Map<String, Object> params) {
    TaskRequest request = TaskRequest.of(operation).params(params);
    if (!worker.equalsIgnoreCase(ANY_WORKER)) {
      request.worker(worker);
    }
    if (expires != null) {
      request.expires(expires);
    }
    TaskHandle handle = client.submit(request);
    return handle.accepted().thenAccept(acceptance -> accepted(handle, acceptance));
  }

  /** The end is printed after the beginning, however fast the worker is. */
  private void accepted(TaskHandle handle, Acceptance acceptance) {
    String taskId = acceptance.taskId();
    open.add(taskId);
    if (acceptance.waitingForWorker()) {
      terminal.printError(
          Line.of(Tone.NOTICE, texts.get("task.waits", taskId, handle.operation())));
    } else if (terminal.interactive()) {
      terminal.say(Tone.FAINT, "task.accepted", taskId, handle.operation());
    }
    if (terminal.interactive()) {
      handle.onProgress(new ProgressLines(terminal));
    }
    var _ =
        handle
            .result()
            .handle(
                (result, failure) -> {
                  open.ended(taskId, printEnd(taskId, result, failure));
                  return taskId;
                });
  }

  private boolean printEnd(
      String taskId, @Nullable TaskResult result, @Nullable Throwable failure) {
    if (result == null) {
      String why = failure == null ? "" : Failures.describe(texts, failure);
      terminal.complain("task.lost", taskId, why);
      return false;
    }
    terminal.print(Results.ended(texts, result));
    return result.done();
  }

  /** Everything the server keeps for this name, which may be more than this session handed in. */
  private CompletableFuture<?> results() {
    return client
        .tasks(null, MAX_RESULTS, null)
        .thenCompose(list -> withResults(list.tasks().reversed()))
        .thenAccept(tasks -> ResultTable.print(terminal, tasks));
  }

  /** Lists come without results; these are asked for one by one. */
  private CompletableFuture<List<TaskView>> withResults(List<TaskView> tasks) {
    List<Reply<TaskView>> asked = tasks.stream().map(task -> client.query(task.task())).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> asked.stream().map(Reply::join).toList());
  }

  private CompletableFuture<?> cancel(List<String> words) {
    if (words.size() != 1) {
      throw new Refused(texts.get("usage.cancel"));
    }
    return client.cancel(words.getFirst());
  }

  private CompletableFuture<?> help() {
    texts.get("tasks.help").lines().forEach(line -> terminal.print(Line.of(line)));
    return CompletableFuture.completedFuture(null);
  }

  private List<String> completions(List<String> words) {
    if (words.size() == 1) {
      return COMMANDS;
    }
    return switch (words.getFirst()) {
      case "/calculate", "/text" ->
          switch (words.size()) {
            case 2 -> WorkerChoices.names(workers, ANY_WORKER);
            case 3 -> WorkerChoices.operations(workers, words.get(1), ANY_WORKER);
            default -> List.of();
          };
      case "/cancel" -> open.ids();
      default -> List.of();
    };
  }
}
