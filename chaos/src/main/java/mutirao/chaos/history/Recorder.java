package mutirao.chaos.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes one client's history, each event before the client goes on. Thread-safe. */
public final class Recorder implements AutoCloseable {
  private final String process;
  private final Writer out;
  private final AtomicLong calls = new AtomicLong();
  private boolean closed;

  private Recorder(String process, Writer out) {
    this.process = process;
    this.out = out;
  }

  /** Begins the history of a client in a folder of histories. */
  public static Recorder in(Path folder, String process) throws IOException {
    return new Recorder(process, Files.newBufferedWriter(HistoryFiles.of(folder, process)));
  }

  /** Whose history it is. */
  public String process() {
    return process;
  }

  /** A question that has not been written down yet, with a number of its own. */
  public HistoryEvent ask(Action action) {
    return HistoryEvent.of(
        System.nanoTime(), process, calls.incrementAndGet(), action, Phase.INVOKE);
  }

  /** Something that needs no question, not written down yet. */
  public HistoryEvent saw(Action action, Phase phase) {
    return HistoryEvent.of(System.nanoTime(), process, 0, action, phase);
  }

  /** Writes an event down and gives it back; after the end of the history nothing is written. */
  public synchronized HistoryEvent write(HistoryEvent event) {
    if (closed) {
      return event;
    }
    try {
      out.write(HistoryLines.write(event));
      out.write('\n');
      out.flush();
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException("the history of " + process + " cannot be written", e);
    }
  }

  /** Writes a later phase of a call, with the time of now. */
  public HistoryEvent write(HistoryEvent asked, Phase phase) {
    return write(asked.then(System.nanoTime(), phase));
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    out.close();
  }
}
