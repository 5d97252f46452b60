package mutirao.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of output in parts. Control characters of every part are visible from the moment it is
 * made, so whatever prints a line cannot forget it. Immutable.
 */
public final class Line {
  /** Nothing. */
  public static final Line EMPTY = new Line(List.of());

  /** Text of one tone, without control characters. */
  public record Part(Tone tone, String text) {}

  private final List<Part> parts;

  private Line(List<Part> parts) {
    this.parts = parts;
  }

  /** A line of one part. */
  public static Line of(Tone tone, String text) {
    return EMPTY.plus(tone, text);
  }

  /** A line of plain text. */
  public static Line of(String text) {
    return of(Tone.PLAIN, text);
  }

  /** This line with one more part. */
  public Line plus(Tone tone, String text) {
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(tone, Visible.line(text)));
    return new Line(List.copyOf(more));
  }

  /** This line with plain text added. */
  public Line plus(String text) {
    return plus(Tone.PLAIN, text);
  }

  /** This line with another one added. */
  public Line plus(Line other) {
    List<Part> more = new ArrayList<>(parts);
    more.addAll(other.parts);
    return new Line(List.copyOf(more));
  }

  /** The parts in order. */
  public List<Part> parts() {
    return parts;
  }

  /** The text without tones. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString();
  }
}
