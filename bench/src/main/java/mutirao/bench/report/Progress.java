package mutirao.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells people how far it is: a bar where the stream is a terminal, and a plain line for each
 * finished run in any case. Not thread-safe.
 */
public final class Progress {
  private static final int WIDTH = 30;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;

  /** Tells it on {@code out}. */
  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** True where standard error is known to be a terminal. */
  public static boolean standardErrorIsTerminal() {
    Path link = Path.of("/proc/self/fd/2");
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Moves the bar. */
  public void show(double share, String what) {
    if (terminal) {
      int full = (int) Math.round(Math.clamp(share, 0.0, 1.0) * WIDTH);
      out.print(ERASE_LINE + "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + what);
      out.flush();
    }
  }

  /** Prints a line above the bar. */
  public void line(String text) {
    out.println(terminal ? ERASE_LINE + text : text);
  }

  /** Takes the bar away. */
  public void done() {
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }
}
