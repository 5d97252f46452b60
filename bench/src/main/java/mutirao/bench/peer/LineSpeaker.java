package mutirao.bench.peer;

import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Cuts what arrives into lines. */
public abstract class LineSpeaker implements Speaker {
  private final Events events;

  /** Tells {@code events} when the connection breaks. */
  protected LineSpeaker(Events events) {
    this.events = events;
  }

  /** One line, {@code to} being its newline. */
  protected abstract void line(Connection connection, byte[] bytes, int from, int to);

  @Override
  public int received(Connection connection, byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      int newline = Bytes.indexOf(bytes, at, to, (byte) '\n');
      if (newline < 0) {
        return at;
      }
      line(connection, bytes, at, newline);
      at = newline + 1;
    }
  }

  @Override
  public void closed(Connection connection, String reason) {
    events.failed(reason);
  }

  /** The beginning of a line as text, for messages to people. */
  protected static String text(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + 300);
    return new String(bytes, from, end - from, java.nio.charset.StandardCharsets.UTF_8).strip();
  }
}
