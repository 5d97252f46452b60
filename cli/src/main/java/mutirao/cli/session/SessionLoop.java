package mutirao.cli.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and carries them out, one after the other. A script's next line waits for the one
 * before, so that its output comes in order; a person's does so for a moment only, so that they can
 * go on typing while the server is away.
 */
public final class SessionLoop {
  private static final String QUIT = "quit";
  private static final long PATIENCE_MS = 1000;

  /** What a session can do. */
  public interface Commands {
    /** What is shown before what is being typed. */
    Line prompt();

    /**
     * Carries a line out.
     *
     * @return completed when everything that comes of it has been printed
     * @throws Refused where it asks for what cannot be
     * @throws MutiraoException where the server or the connection refuses it at once
     */
    CompletableFuture<?> run(Typed typed);
  }

  private final Terminal terminal;
  private final MutiraoClient client;
  private final Commands commands;
  private final AtomicBoolean failed = new AtomicBoolean();

  /** For one signed-in client. */
  public SessionLoop(Terminal terminal, MutiraoClient client, Commands commands) {
    this.terminal = terminal;
    this.client = client;
    this.commands = commands;
  }

  /**
   * Runs until {@code /quit} or the end of the input.
   *
   * @return whether everything that was asked for so far worked
   */
  public boolean run() {
    for (String line = next(); line != null; line = next()) {
      if (line.isBlank()) {
        continue;
      }
      Typed typed = Typed.of(line);
      if (QUIT.equals(typed.command())) {
        break;
      }
      boolean connected = client.connected();
      if (!connected) {
        terminal.printError(Line.of(Tone.NOTICE, terminal.texts().get("connection.kept")));
      }
      CompletableFuture<?> outcome = start(typed).handle((_, failure) -> report(failure));
      if (!terminal.interactive()) {
        outcome.join();
      } else if (connected) {
        waitAMoment(outcome);
      }
    }
    return !failed.get();
  }

  private @Nullable String next() {
    return terminal.readLine(commands.prompt());
  }

  private CompletableFuture<?> start(Typed typed) {
    try {
      return commands.run(typed);
    } catch (Refused | MutiraoException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private boolean report(@Nullable Throwable failure) {
    if (failure != null) {
      failed.set(true);
      terminal.printError(Line.of(Tone.BAD, Failures.describe(terminal.texts(), failure)));
    }
    return failure == null;
  }

  private static void waitAMoment(CompletableFuture<?> outcome) {
    try {
      outcome.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("every outcome is reported", e);
    } catch (TimeoutException e) {
      // It goes on behind; what comes of it is printed above what is typed by then.
      return;
    }
  }
}
