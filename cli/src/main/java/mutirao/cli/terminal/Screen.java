package mutirao.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Which standard streams are a terminal, and how to get at it. */
public interface Screen {

  /** No terminal anywhere. */
  Screen NONE =
      new Screen() {
        @Override
        public boolean input() {
          return false;
        }

        @Override
        public boolean output() {
          return false;
        }

        @Override
        public org.jline.terminal.Terminal open() throws IOException {
          throw new IOException("there is no terminal");
        }
      };

  /** Whether standard input is a terminal. */
  boolean input();

  /** Whether standard output is a terminal. */
  boolean output();

  /** The terminal, for line editing; to be closed by the caller. */
  org.jline.terminal.Terminal open() throws IOException;

  /** The terminal of this process. */
  static Screen ofProcess(Charset charset) {
    return new Screen() {
      @Override
      public boolean input() {
        return isTerminal(SystemStream.Input);
      }

      @Override
      public boolean output() {
        return isTerminal(SystemStream.Output);
      }

      @Override
      public org.jline.terminal.Terminal open() throws IOException {
        return TerminalBuilder.builder().system(true).dumb(false).encoding(charset).build();
      }
    };
  }

  private static boolean isTerminal(SystemStream stream) {
    try {
      return TerminalProvider.load("jni").isSystemStream(stream);
    } catch (IOException e) {
      // No native library for this machine: Java knows whether both streams are a terminal.
      return System.console() instanceof Console console && console.isTerminal();
    }
  }
}
