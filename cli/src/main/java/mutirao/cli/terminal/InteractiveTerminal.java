package mutirao.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.utils.OSUtils;
import org.jspecify.annotations.Nullable;

/** Line editing, history and completion by JLine; what arrives is printed above what is typed. */
final class InteractiveTerminal implements Terminal {
  private static final String CLEAR_OR_LEAVE = "clear-or-leave";

  private final org.jline.terminal.Terminal terminal;
  private final Attributes before;
  private final LineReader lines;
  private final Ink ink;
  private final Texts texts;
  private volatile Completions completions = Completions.NONE;
  private boolean stopped;
  private @Nullable Thread reader;

  private InteractiveTerminal(
      org.jline.terminal.Terminal terminal, Host host, String memory, boolean eraseTyped) {
    this.terminal = terminal;
    this.before = terminal.getAttributes();
    this.ink = new Ink(host.colours());
    this.texts = host.texts();
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("mutirao")
            // Quotes and backslashes are text here: "don't" is a whole line.
            .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
            .completer((_, line, candidates) -> candidates.addAll(candidates(line)))
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.ERASE_LINE_ON_FINISH, eraseTyped)
            .option(Option.CASE_INSENSITIVE, true)
            .option(Option.AUTO_FRESH_LINE, true);
    UserFiles.privateFile(host.userData(), memory)
        .ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.lines = builder.build();
    lines.getWidgets().put(CLEAR_OR_LEAVE, this::clearOrLeave);
    KeyMap<Binding> keys =
        Objects.requireNonNull(lines.getKeyMaps().get(LineReader.MAIN), "every reader has it");
    keys.bind(new Reference(CLEAR_OR_LEAVE), KeyMap.ctrl('C'));
  }

  static InteractiveTerminal open(Host host, String memory, boolean eraseTyped) throws IOException {
    org.jline.terminal.Terminal terminal = host.screen().open();
    InteractiveTerminal opened = new InteractiveTerminal(terminal, host, memory, eraseTyped);
    Attributes attributes = terminal.getAttributes();
    // Between two lines, too, what is typed must not be shown twice.
    attributes.setLocalFlag(Attributes.LocalFlag.ECHO, false);
    // Ctrl-C is a key like any other: as a signal it may interrupt the line after the one it meant.
    attributes.setControlChar(Attributes.ControlChar.VINTR, OSUtils.IS_OSX ? 0xff : 0);
    terminal.setAttributes(attributes);
    return opened;
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public @Nullable String readLine(Line prompt) {
    return read(prompt, true);
  }

  @Override
  public @Nullable String ask(Line prompt) {
    return read(prompt, false);
  }

  private @Nullable String read(Line prompt, boolean remember) {
    lines.setVariable(LineReader.DISABLE_HISTORY, !remember);
    while (beginReading()) {
      try {
        String line = lines.readLine(ink.attributed(prompt).toAnsi(terminal));
        if (!hasStopped()) {
          return line;
        }
      } catch (UserInterruptException | EndOfFileException e) {
        stop();
      } finally {
        endReading();
      }
    }
    return null;
  }

  /** What Ctrl-C does: the line is given up; where there is none, it is time to go. */
  private boolean clearOrLeave() {
    if (lines.getBuffer().length() > 0) {
      lines.callWidget(LineReader.KILL_WHOLE_LINE);
    } else {
      stop();
      lines.callWidget(LineReader.ACCEPT_LINE);
    }
    return true;
  }

  private synchronized boolean hasStopped() {
    return stopped;
  }

  private synchronized boolean beginReading() {
    reader = stopped ? null : Thread.currentThread();
    return !stopped;
  }

  private synchronized void endReading() {
    reader = null;
    Thread.interrupted();
  }

  private List<Candidate> candidates(ParsedLine line) {
    List<String> words = line.words().subList(0, line.wordIndex() + 1);
    Collection<String> offered =
        completions.at(
            Stream.concat(
                    words.subList(0, line.wordIndex()).stream(),
                    Stream.of(line.word().substring(0, line.wordCursor())))
                .toList());
    return offered.stream().map(Candidate::new).toList();
  }

  @Override
  public void print(Line line) {
    lines.printAbove(ink.attributed(line));
  }

  @Override
  public void printError(Line line) {
    print(line);
  }

  @Override
  public void completeFrom(Completions newCompletions) {
    completions = newCompletions;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (reader != null && reader != Thread.currentThread()) {
      reader.interrupt();
    }
  }

  @Override
  public Texts texts() {
    return texts;
  }

  @Override
  public void close() {
    stop();
    try {
      terminal.setAttributes(before);
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
