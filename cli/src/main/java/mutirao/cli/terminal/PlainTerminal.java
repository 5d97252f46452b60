package mutirao.cli.terminal;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import mutirao.cli.terminal.LineInput.InputLine;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Plain lines in, plain lines out. A thread of its own reads, one line ahead: a read from a pipe
 * cannot be interrupted, but waiting for that thread can.
 */
final class PlainTerminal implements Terminal {
  private static final InputLine END = new InputLine("", false);

  private final Output output;
  private final BlockingQueue<InputLine> lines = new ArrayBlockingQueue<>(1);
  private final LineInput input;
  private boolean started;
  private boolean stopped;
  private @Nullable Thread reader;

  PlainTerminal(Host host) {
    output = new Output(host);
    input = new LineInput(host.in(), host.charset());
  }

  @Override
  public boolean interactive() {
    return false;
  }

  @Override
  public @Nullable String readLine(Line prompt) {
    if (!beginReading()) {
      return null;
    }
    try {
      InputLine line = lines.take();
      while (line.tooLong()) {
        complain("line.too.long", LineInput.MAX_CHARS);
        line = lines.take();
      }
      if (line == END) {
        stop();
        return null;
      }
      return line.text();
    } catch (InterruptedException e) {
      // stop() is the only one who interrupts.
      return null;
    } finally {
      endReading();
    }
  }

  @Override
  public @Nullable String ask(Line prompt) {
    return readLine(prompt);
  }

  private synchronized boolean beginReading() {
    if (stopped) {
      return false;
    }
    if (!started) {
      started = true;
      Thread.ofPlatform().daemon().name("mutirao-input").start(this::pump);
    }
    reader = Thread.currentThread();
    return true;
  }

  private synchronized void endReading() {
    reader = null;
    Thread.interrupted();
  }

  private void pump() {
    try {
      for (InputLine line = input.next(); line != null; line = input.next()) {
        lines.put(line);
      }
      lines.put(END);
    } catch (IOException e) {
      complain("input.broken", String.valueOf(e.getMessage()));
      lines.clear();
      lines.add(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void print(Line line) {
    output.print(line);
  }

  @Override
  public void printError(Line line) {
    output.printError(line);
  }

  @Override
  public void completeFrom(Completions completions) {}

  @Override
  public synchronized void stop() {
    stopped = true;
    if (reader != null && reader != Thread.currentThread()) {
      reader.interrupt();
    }
  }

  @Override
  public Texts texts() {
    return output.texts();
  }

  @Override
  public void close() {
    stop();
  }
}
