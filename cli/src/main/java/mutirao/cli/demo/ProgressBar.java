package mutirao.cli.demo;

import java.util.function.IntConsumer;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;

/** How far the load is: a bar that is drawn over on a terminal, a few lines elsewhere. */
final class ProgressBar implements IntConsumer {
  private static final int WIDTH = 40;
  private static final int PERCENT_PER_LINE = 25;

  private final Narrator narrator;
  private final int total;
  private int lastPercent = -1;

  ProgressBar(Narrator narrator, int total) {
    this.narrator = narrator;
    this.total = total;
  }

  /** So many are done. */
  @Override
  public void accept(int done) {
    int percent = (int) (100L * done / total);
    if (percent == lastPercent) {
      return;
    }
    int filled = WIDTH * percent / 100;
    Line bar =
        Line.of(Tone.GOOD, "█".repeat(filled))
            .plus(Tone.FAINT, "░".repeat(WIDTH - filled))
            .plus(" " + percent + "%");
    boolean drawn = narrator.redraw(bar);
    if (!drawn && percent / PERCENT_PER_LINE > lastPercent / PERCENT_PER_LINE) {
      narrator.show(bar);
    }
    if (drawn && done == total) {
      narrator.endRedraw();
    }
    lastPercent = percent;
  }
}
