package mutirao.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import mutirao.cli.text.Texts;
import org.jline.terminal.TerminalBuilder;

/**
 * Everything around a run of the command line that a test brings its own of.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param charset how text on these is encoded
 * @param environment the environment variables
 * @param texts the sentences, in the wanted language
 * @param userData folder for what is remembered between runs
 * @param screen which of the streams are a terminal, and that terminal
 * @param signals how to hear of Ctrl-C
 */
public record Host(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Charset charset,
    Map<String, String> environment,
    Texts texts,
    Path userData,
    Screen screen,
    StopSignals signals) {

  /** This process. */
  public static Host ofProcess(Texts texts) {
    Charset charset = consoleCharset();
    // Lines drawn with characters are Unicode like the rest, not the old alternate character set.
    System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
    return new Host(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        charset,
        System.getenv(),
        texts,
        UserFiles.dataFolder(System.getenv(), System.getProperties()),
        Screen.ofProcess(charset),
        StopSignals.ofProcess());
  }

  /**
   * UTF-8 where the system only claims ASCII, as it does without a locale: nobody's name has to
   * lose its accents there.
   */
  private static Charset consoleCharset() {
    String name = System.getProperty("stdout.encoding", UTF_8.name());
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : UTF_8;
    return charset.equals(US_ASCII) ? UTF_8 : charset;
  }

  /** Whether a person sits at both ends: lines are edited and a prompt is shown. */
  public boolean interactive() {
    return screen.input() && screen.output() && !dumb();
  }

  /** Whether what goes to standard output may be coloured. */
  public boolean colours() {
    return screen.output() && environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb();
  }

  /** Whether a line on standard output can be drawn over. */
  public boolean redraws() {
    return screen.output() && !dumb();
  }

  private boolean dumb() {
    return environment.getOrDefault("TERM", "").equals("dumb");
  }
}
