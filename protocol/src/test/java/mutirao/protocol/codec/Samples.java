package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Test data that stands as text beside the tests. */
final class Samples {
  private static final Pattern REPEATED = Pattern.compile("<(\\d+)×([^>]*)>");
  private static final Pattern BYTE = Pattern.compile("<([0-9a-f]{2})>");

  private Samples() {}

  /** The lines of a resource of this package, without the empty ones and comments. */
  static List<String> lines(String resource) {
    try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes out {@code <64×x>} as 64 times x, and {@code <c3>} as the character with that number.
   */
  static String expand(String text) {
    String repeated =
        REPEATED
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        match.group(2).repeat(Integer.parseInt(match.group(1)))));
    return BYTE.matcher(repeated)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
  }
}
