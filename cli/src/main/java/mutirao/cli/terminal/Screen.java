package mutirao.cli.terminal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Which standard streams are a terminal, and how to get at it. */
public interface Screen {

  /** Who can tell whether a stream is a terminal: a native library, else the system's commands. */
  List<String> PROVIDERS = List.of("jni", "exec");

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
        return TerminalBuilder.builder()
            .system(true)
            .dumb(false)
            .stdinEncoding(charset)
            .stdoutEncoding(charset)
            .encoding(charset)
            .build();
      }
    };
  }

  private static boolean isTerminal(SystemStream stream) {
    for (String provider : PROVIDERS) {
      try {
        return TerminalProvider.load(provider).isSystemStream(stream);
      } catch (IOException e) {
        // Not for this machine: ask the next one.
      }
    }
    return false;
  }
}
