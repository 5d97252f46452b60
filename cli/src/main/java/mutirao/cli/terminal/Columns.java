package mutirao.cli.terminal;

import java.util.Collection;
import mutirao.cli.text.Visible;
import org.jline.utils.AttributedString;

/** How wide text is on a terminal, where some characters take two places and some none. */
public final class Columns {
  private Columns() {}

  /** Places that {@code text} takes once its control characters are visible. */
  public static int width(String text) {
    return new AttributedString(Visible.line(text)).columnLength();
  }

  /** The widest of {@code texts}. */
  public static int widest(Collection<String> texts) {
    return texts.stream().mapToInt(Columns::width).max().orElse(0);
  }

  /** The text with spaces up to {@code width} places. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }
}
