package mutirao.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The end of what a command writes to standard error. */
final class Tail {
  private Tail() {}

  /** Reads until the command is gone, and keeps the last {@code maxBytes}, as UTF-8. */
  static String of(InputStream in, int maxBytes) {
    byte[] kept = new byte[2 * maxBytes];
    int size = 0;
    try {
      for (int count = in.read(kept, size, kept.length - size);
          count > 0;
          count = in.read(kept, size, kept.length - size)) {
        size += count;
        if (size > maxBytes) {
          System.arraycopy(kept, size - maxBytes, kept, 0, maxBytes);
          size = maxBytes;
        }
      }
    } catch (IOException e) {
      // The command was ended, and its streams with it: what came until then is what there is.
      return text(kept, size);
    }
    return text(kept, size);
  }

  private static String text(byte[] bytes, int size) {
    return new String(Arrays.copyOf(bytes, size), UTF_8);
  }
}
