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
      while (true) {
        switch (lines.take()) {
          case InputLine.Text line -> {
            return line.text();
          }
          case InputLine.TooLong _ -> complain("line.too.long", LineInput.MAX_CHARS);
          case InputLine.End _ -> {
            stop();
            return null;
          }
        }
      }
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
      InputLine line;
      do {
        line = input.next();
        lines.put(line);
      } while (!(line instanceof InputLine.End));
    } catch (IOException e) {
      complain("input.broken", String.valueOf(e.getMessage()));
      endAfterFailure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAfterFailure() {
    try {
      lines.put(new InputLine.End());
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
