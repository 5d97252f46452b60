package mutirao.cli.account;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import mutirao.cli.terminal.Host;
import mutirao.cli.text.Texts;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Passwords: from a person who sees nothing of what is typed, or the next line of a script. */
public final class PasswordInput {
  private static final char INVISIBLE = 0;

  private final Host host;
  private final Texts texts;

  /** Passwords that come in by {@code host}. */
  public PasswordInput(Host host) {
    this.host = host;
    this.texts = host.texts();
  }

  /** The password of somebody; null where a person gave none, or nobody is there to give one. */
  public @Nullable String existing(String user) throws IOException {
    return host.screen().input() ? typed(texts.get("password.prompt", user), null) : null;
  }

  /**
   * A new password, typed twice by a person; null where none was given.
   *
   * @throws IOException also where the two differ
   */
  public @Nullable String fresh(String user) throws IOException {
    return host.screen().input()
        ? typed(texts.get("password.new", user), texts.get("password.again"))
        : line();
  }

  private @Nullable String typed(String prompt, @Nullable String again) throws IOException {
    try (Terminal terminal = host.screen().open()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .variable(LineReader.DISABLE_HISTORY, true)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      String once = reader.readLine(prompt + " ", INVISIBLE);
      if (again != null && !once.equals(reader.readLine(again + " ", INVISIBLE))) {
        throw new IOException(texts.get("password.differs"));
      }
      return once;
    } catch (UserInterruptException | EndOfFileException e) {
      return null;
    }
  }

  /** Byte by byte: what follows is not ours. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = host.in().read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = host.in().read()) {
      bytes.write(next);
    }
    String line = bytes.toString(host.charset());
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
