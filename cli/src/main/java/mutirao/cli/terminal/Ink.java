package mutirao.cli.terminal;

import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Lines into characters for a terminal, with or without colours. */
final class Ink {
  private final boolean colours;

  Ink(boolean colours) {
    this.colours = colours;
  }

  /** For JLine. */
  AttributedString attributed(Line line) {
    AttributedStringBuilder built = new AttributedStringBuilder();
    for (Line.Part part : line.parts()) {
      built.append(part.text(), colours ? style(part.tone()) : AttributedStyle.DEFAULT);
    }
    return built.toAttributedString();
  }

  /** For a stream: escape sequences only where there are colours. */
  String text(Line line) {
    return colours ? attributed(line).toAnsi() : line.toString();
  }

  private static AttributedStyle style(Tone tone) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return switch (tone) {
      case PLAIN -> plain;
      case FAINT -> plain.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
      case NAME -> plain.foreground(AttributedStyle.CYAN);
      case OWN -> plain.foreground(AttributedStyle.GREEN);
      case NOTICE -> plain.foreground(AttributedStyle.YELLOW);
      case GOOD -> plain.foreground(AttributedStyle.GREEN).bold();
      case BAD -> plain.foreground(AttributedStyle.RED);
      case STRONG -> plain.bold();
    };
  }
}
