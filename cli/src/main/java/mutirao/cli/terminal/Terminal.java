package mutirao.cli.terminal;

import java.io.IOException;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody types and reads: a person at a terminal, or a script through pipes. One thread
 * reads; any thread may print.
 */
public interface Terminal extends AutoCloseable {

  /**
   * The terminal there is. A person gets line editing, with what was typed remembered under {@code
   * memory}.
   *
   * @param memory name of the file in the user's data folder
   * @param eraseTyped whether a typed line disappears once it is finished, because what comes of it
   *     is shown anyway
   */
  static Terminal of(Host host, String memory, boolean eraseTyped) throws IOException {
    return host.interactive()
        ? InteractiveTerminal.open(host, memory, eraseTyped)
        : new PlainTerminal(host);
  }

  /** Whether a person sits there: gets prompts, is greeted, and may go on typing meanwhile. */
  boolean interactive();

  /** The next line; null at the end of the input, at Ctrl-C or Ctrl-D, or after {@link #stop}. */
  @Nullable String readLine(Line prompt);

  /** The same for an answer that is not worth remembering. */
  @Nullable String ask(Line prompt);

  /** Shows a line; what is being typed is not disturbed. */
  void print(Line line);

  /** Shows a line beside the results: on a terminal like any other, else on standard error. */
  void printError(Line line);

  /** What the TAB key offers. */
  void completeFrom(Completions completions);

  /** Lets {@link #readLine} return null, now or next time. */
  void stop();

  /** The sentences. */
  Texts texts();

  /** Shows a sentence of ours. */
  default void say(Tone tone, String key, Object... arguments) {
    print(Line.of(tone, texts().get(key, arguments)));
  }

  /** Shows a sentence of ours beside the results. */
  default void complain(String key, Object... arguments) {
    printError(Line.of(Tone.BAD, texts().get(key, arguments)));
  }

  @Override
  void close();
}
