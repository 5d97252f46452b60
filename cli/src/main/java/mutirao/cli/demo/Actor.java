package mutirao.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import mutirao.cli.demo.Narrator.StepFailed;
import mutirao.cli.terminal.Completions;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in the demonstration: the same client that a person starts, on a terminal that types by
 * itself and shows what the person would see.
 */
final class Actor implements Terminal {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Expectation(String text, CompletableFuture<Void> met) {}

  private final String name;
  private final Narrator narrator;
  private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /** What {@code typed} holds where nothing more comes. */
  private static final String END = "\0";

  Actor(String name, Narrator narrator) {
    this.name = name;
    this.narrator = narrator;
  }

  /** Lets the person sit down and start a client. */
  Actor start(ToIntFunction<Terminal> client) {
    Thread.startVirtualThread(
        () -> {
          try {
            exit.complete(client.applyAsInt(this));
          } catch (RuntimeException e) {
            exit.completeExceptionally(e);
          }
        });
    return this;
  }

  /** Types a line, once the one before has been carried out. */
  void type(String line) {
    typed.add(line);
  }

  /**
   * Waits until the person sees a line that contains {@code text}, or has seen one.
   *
   * @throws StepFailed where that does not happen
   */
  void expect(String text) throws StepFailed, InterruptedException {
    CompletableFuture<Void> met = new CompletableFuture<>();
    synchronized (this) {
      if (seen.stream().anyMatch(line -> line.contains(text))) {
        return;
      }
      expectations.add(new Expectation(text, met));
    }
    await(met, name + ": " + text);
  }

  /**
   * Types nothing more, and waits until the client has left.
   *
   * @throws StepFailed where it did not end well
   */
  void leave() throws StepFailed, InterruptedException {
    typed.add(END);
    Narrator.check(await(exit, name) == Exit.DONE, name);
  }

  private static <T> T await(CompletableFuture<T> future, String what)
      throws StepFailed, InterruptedException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StepFailed(what);
    } catch (ExecutionException e) {
      throw new StepFailed(what + ": " + e.getCause());
    }
  }

  private Line label() {
    return Line.of(Tone.NAME, name).plus(Tone.FAINT, " │ ");
  }

  @Override
  public boolean interactive() {
    return false;
  }

  @Override
  public @Nullable String readLine(Line prompt) {
    try {
      String line = typed.take();
      if (line.equals(END)) {
        return null;
      }
      narrator.show(label().plus(Tone.STRONG, "> " + line));
      return line;
    } catch (InterruptedException e) {
      return null;
    }
  }

  @Override
  public @Nullable String ask(Line prompt) {
    return readLine(prompt);
  }

  @Override
  public void print(Line line) {
    narrator.show(label().plus(line));
    List<Expectation> met;
    synchronized (this) {
      seen.add(line.toString());
      met = expectations.stream().filter(one -> line.toString().contains(one.text)).toList();
      expectations.removeAll(met);
    }
    met.forEach(one -> one.met.complete(null));
  }

  @Override
  public void printError(Line line) {
    print(line);
  }

  @Override
  public void completeFrom(Completions completions) {}

  @Override
  public void stop() {
    typed.add(END);
  }

  @Override
  public Texts texts() {
    return narrator.texts();
  }

  @Override
  public void close() {
    stop();
  }
}
