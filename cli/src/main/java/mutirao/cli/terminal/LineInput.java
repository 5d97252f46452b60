package mutirao.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Lines of a stream with a bound on their length. Not thread-safe. */
final class LineInput {
  /** More than any frame takes: what is longer cannot be sent anyway. */
  static final int MAX_CHARS = 1024 * 1024;

  /** One line; {@code tooLong} where it was longer than the bound, and then cut there. */
  record InputLine(String text, boolean tooLong) {}

  private final Reader reader;
  private boolean skipLineFeed;

  LineInput(InputStream in, Charset charset) {
    reader = new InputStreamReader(in, charset);
  }

  /** The next line without its line break; null at the end. */
  @Nullable InputLine next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    boolean tooLong = false;
    for (int c = read(); c >= 0; c = read()) {
      any = true;
      if (c == '\n' || c == '\r') {
        skipLineFeed = c == '\r';
        break;
      }
      if (line.length() < MAX_CHARS) {
        line.append((char) c);
      } else {
        tooLong = true;
      }
    }
    return any ? new InputLine(line.toString(), tooLong) : null;
  }

  private int read() throws IOException {
    int c = reader.read();
    if (skipLineFeed) {
      skipLineFeed = false;
      return c == '\n' ? reader.read() : c;
    }
    return c;
  }
}
