package mutirao.cli.session;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line somebody typed: a command that begins with a slash, or text. Two slashes begin text that
 * begins with one.
 *
 * @param command the command without its slash, in lower case; null for text
 * @param rest what follows the command, or the text
 */
public record Typed(@Nullable String command, String rest) {

  /** Takes a line apart. */
  public static Typed of(String line) {
    if (!line.startsWith("/")) {
      return new Typed(null, line);
    }
    if (line.startsWith("//")) {
      return new Typed(null, line.substring(1));
    }
    String[] parts = line.substring(1).strip().split("\\s+", 2);
    return new Typed(parts[0].toLowerCase(Locale.ROOT), parts.length == 1 ? "" : parts[1]);
  }

  /** The words of {@link #rest}. */
  public List<String> words() {
    return rest.isBlank() ? List.of() : List.of(rest.strip().split("\\s+"));
  }

  /**
   * The first {@code count} words of {@link #rest} and what follows them as it was typed; fewer
   * where there are fewer.
   */
  public List<String> split(int count) {
    return rest.isBlank() ? List.of() : List.of(rest.strip().split("\\s+", count + 1));
  }
}
