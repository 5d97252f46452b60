package mutirao.cli.demo;

import mutirao.cli.terminal.Output;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;

/** Tells what happens, and says of every step whether it did what it should. Thread-safe. */
public final class Narrator {
  private final Output output;
  private final Texts texts;
  private int step;

  /** Tells it on {@code output}. */
  public Narrator(Output output) {
    this.output = output;
    this.texts = output.texts();
  }

  /** A new step begins. */
  synchronized void step(String key, Object... arguments) {
    step++;
    output.print(Line.EMPTY);
    output.print(Line.of(Tone.STRONG, step + ". " + texts.get(key, arguments)));
  }

  /** A sentence between. */
  void say(String key, Object... arguments) {
    output.print(Line.of(Tone.NOTICE, "   " + texts.get(key, arguments)));
  }

  /** A line as it is. */
  void show(Line line) {
    output.print(Line.of("   ").plus(line));
  }

  /** Something is as it should be. */
  void good(String key, Object... arguments) {
    output.print(Line.of(Tone.GOOD, "   ✓ " + texts.get(key, arguments)));
  }

  /** Draws over the line before; on a terminal only. */
  boolean redraw(Line line) {
    return output.redraw(Line.of("   ").plus(line));
  }

  /** Leaves the line that was drawn. */
  void endRedraw() {
    output.print(Line.EMPTY);
  }

  Texts texts() {
    return texts;
  }

  /** The step did not do what it should; the demonstration ends. */
  public static final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
      super(message);
    }
  }

  /**
   * Checks what the step promises.
   *
   * @throws StepFailed where it does not hold
   */
  static void check(boolean holds, String what) throws StepFailed {
    if (!holds) {
      throw new StepFailed(what);
    }
  }
}
