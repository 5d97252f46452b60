package mutirao.cli.terminal;

import java.io.PrintStream;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.cli.text.Visible;

/** Standard output and standard error, line by line. Thread-safe. */
public final class Output {
  private final PrintStream out;
  private final PrintStream err;
  private final Ink ink;
  private final boolean outIsTerminal;
  private final boolean redraws;
  private final Texts texts;

  /** The streams of {@code host}. */
  public Output(Host host) {
    this.out = host.out();
    this.err = host.err();
    this.ink = new Ink(host.colours());
    this.outIsTerminal = host.screen().output();
    this.redraws = host.redraws();
    this.texts = host.texts();
  }

  /** A line for whoever reads the results. */
  public void print(Line line) {
    out.println(ink.text(line));
    out.flush();
  }

  /** A sentence of ours for whoever reads the results. */
  public void say(String key, Object... arguments) {
    print(Line.of(texts.get(key, arguments)));
  }

  /** A line beside the results: what went wrong, or what one should know. */
  public void printError(Line line) {
    err.println(line);
    err.flush();
  }

  /** A sentence of ours beside the results. */
  public void complain(String key, Object... arguments) {
    printError(Line.of(Tone.BAD, texts.get(key, arguments)));
  }

  /**
   * A result as it is, for scripts; on a terminal its control characters are visible, except line
   * breaks and tabs.
   */
  public void printRaw(String text) {
    out.println(outIsTerminal ? Visible.lines(text) : text);
    out.flush();
  }

  /**
   * Draws over the line drawn before, without ending it; only on a terminal that can.
   *
   * @return whether it can
   */
  public boolean redraw(Line line) {
    if (redraws) {
      out.print("\r" + ink.text(line) + "\033[K");
      out.flush();
    }
    return redraws;
  }

  /** The sentences. */
  public Texts texts() {
    return texts;
  }
}
