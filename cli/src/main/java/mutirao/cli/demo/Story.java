package mutirao.cli.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.cli.chat.ChatSession;
import mutirao.cli.demo.Narrator.StepFailed;
import mutirao.cli.tasks.Params;
import mutirao.cli.tasks.Results;
import mutirao.cli.tasks.TaskSession;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.ClientOptions;
import mutirao.client.ClientOptions.Reconnect;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.Role;

/**
 * The demonstration's steps, against a server that runs. Each step is what a person would do with
 * the same clients, over TCP, and checks what came of it.
 */
public final class Story implements AutoCloseable {
  private static final String FIRST = "Worker-1";
  private static final String SECOND = "Worker-2";
  private static final int SLOTS = 64;

  /** One task in so many is run before the load, too. */
  private static final int WARM_UP = 4;

  private static final long PATIENCE_SECONDS = 20;

  private final Narrator narrator;
  private final Texts texts;
  private final String server;
  private final BreakableSockets firstSockets = new BreakableSockets();
  private MutiraoWorker first;
  private final MutiraoWorker second;

  /** Starts the two workers of the story at {@code server}. */
  public Story(Narrator narrator, String server) {
    this.narrator = narrator;
    this.texts = narrator.texts();
    this.server = server;
    this.first = worker(FIRST, client().sockets(firstSockets).reconnect(Reconnect.NEVER));
    this.second = worker(SECOND, client());
  }

  private ClientOptions.Builder client() {
    return ClientOptions.to(server).lang(texts.tag());
  }

  private static MutiraoWorker worker(String name, ClientOptions.Builder options) {
    return MutiraoWorker.of(options.name(name).presence(false).build())
        .builtInOperations()
        .operation(SlowSum.NAME, new SlowSum())
        .slots(SLOTS)
        .start();
  }

  /**
   * Tells it all.
   *
   * @param loadTasks how many tasks the load has
   * @throws StepFailed where a step did not do what it should
   */
  public void tell(int loadTasks) throws StepFailed, IOException, InterruptedException {
    narrator.step("demo.started", server);
    narrator.show(Line.of(Tone.NAME, first.name()).plus(", ").plus(Tone.NAME, second.name()));
    calculate();
    chat();
    loseWorker();
    load(loadTasks);
  }

  private void calculate() throws StepFailed, InterruptedException {
    narrator.step("demo.tasks", "./mutirao tasks TaskClient-1");
    Actor person = new Actor("TaskClient-1", narrator);
    person.start(
        terminal ->
            TaskSession.run(client().role(Role.TASK_CLIENT), "TaskClient-1", null, terminal));
    person.type("/list");
    person.type("/workers");
    person.type("/calculate " + FIRST + " sum 10 20 30 40");
    person.expect(" " + FIRST + ": 100");
    person.type("/text any uppercase mutirão");
    person.expect(": MUTIRÃO");
    person.leave();
    narrator.good("demo.tasks.good");
  }

  private void chat() throws StepFailed, InterruptedException {
    narrator.step("demo.chat", "./mutirao chat ana", "./mutirao chat bruno");
    Actor bruno = person("bruno");
    bruno.type("/join obras");
    bruno.expect("obras");
    Actor ana = person("ana");
    bruno.expect("ana");
    say(ana, texts.get("demo.chat.hello"), bruno, "ana: ");
    say(bruno, "/msg ana " + texts.get("demo.chat.secret"), ana, "bruno → ");
    ana.type("/join obras");
    say(ana, texts.get("demo.chat.room"), bruno, "[obras] ana: ");
    ana.leave();
    bruno.leave();
    narrator.good("demo.chat.good");
  }

  private Actor person(String name) {
    return new Actor(name, narrator)
        .start(terminal -> ChatSession.run(client().role(Role.CLIENT), name, terminal));
  }

  private static void say(Actor speaker, String line, Actor hearer, String seen)
      throws StepFailed, InterruptedException {
    speaker.type(line);
    hearer.expect(seen);
  }

  /** The worker that runs a task is cut off in the middle of it; another one runs it again. */
  private void loseWorker() throws StepFailed, IOException, InterruptedException {
    narrator.step("demo.lose", FIRST);
    TaskResult result;
    try (MutiraoClient person = MutiraoClient.connect(client().presence(false).build())) {
      CompletableFuture<Void> begun = new CompletableFuture<>();
      TaskHandle task =
          person.submit(
              TaskRequest.of(SlowSum.NAME)
                  .params(Map.of(Params.NUMBERS, List.of(10, 20, 30, 40)))
                  .worker(FIRST)
                  .fallback(true));
      task.onProgress(
          progress -> {
            narrator.say(
                "demo.lose.progress",
                task.id(),
                String.valueOf(progress.worker()),
                progress.attempt(),
                progress.percent() == null ? 0 : progress.percent().intValue());
            begun.complete(null);
          });
      await(begun, "progress");
      firstSockets.cut();
      narrator.say("demo.lose.cut", FIRST);
      result = await(task.result(), "result");
    }
    narrator.show(Results.ended(texts, result));
    Narrator.check(
        result.done() && "100".equals(String.valueOf(result.result())), result.toString());
    Narrator.check(SECOND.equals(result.worker()) && result.attempt() == 2, result.toString());
    narrator.good("demo.lose.good", result.attempt(), SECOND);
    first.close();
    first = worker(FIRST, client());
  }

  private void load(int tasks) throws StepFailed, InterruptedException {
    narrator.step("demo.load", tasks);
    LoadRun.Outcome outcome;
    try (MutiraoClient person = MutiraoClient.connect(client().presence(false).build())) {
      // Unmeasured: the first tasks pay for compiling the code that the others run.
      LoadRun.Outcome warmUp = new LoadRun(person, 1 + tasks / WARM_UP).run(_ -> {});
      Narrator.check(warmUp.wrong() == 0, warmUp.toString());
      outcome = new LoadRun(person, tasks).run(new ProgressBar(narrator, tasks));
    }
    Narrator.check(outcome.wrong() == 0, outcome.toString());
    narrator.good(
        "demo.load.good",
        outcome.tasks(),
        Math.round(outcome.perSecond()),
        outcome.medianMs(),
        outcome.p99Ms());
  }

  private static <T> T await(CompletableFuture<T> future, String what)
      throws StepFailed, InterruptedException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StepFailed(what);
    } catch (ExecutionException e) {
      throw new StepFailed(what + ": " + e.getCause());
    }
  }

  /** Sends the workers home. */
  @Override
  public void close() {
    first.close();
    second.close();
  }
}
