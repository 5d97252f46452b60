package mutirao.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

/** Lines of a stream with a bound on their length. Not thread-safe. */
final class LineInput {
  /** More than any frame takes: what is longer cannot be sent anyway. */
  static final int MAX_CHARS = 1024 * 1024;

  /** Every line that there is. */
  sealed interface InputLine {
    /** A line without its line break. */
    record Text(String text) implements InputLine {}

    /** A line longer than the bound; its text is lost. */
    record TooLong() implements InputLine {}

    /** There are no more. */
    record End() implements InputLine {}
  }

  private final Reader reader;
  private boolean skipLineFeed;

  LineInput(InputStream in, Charset charset) {
    reader = new InputStreamReader(in, charset);
  }

  /** The next line. */
  InputLine next() throws IOException {
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
    if (!any) {
      return new InputLine.End();
    }
    return tooLong ? new InputLine.TooLong() : new InputLine.Text(line.toString());
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
