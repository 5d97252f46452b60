package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;

/** An output stream whose text a test can wait for. */
final class Watched extends OutputStream {
  /** Far more than anything here takes; what exceeds it will never come. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    written.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    written.write(bytes, offset, length);
    notifyAll();
  }

  synchronized String text() {
    return written.toString(UTF_8);
  }

  /** Waits until the text has been written. */
  synchronized void await(String expected) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!text().contains(expected)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("'" + expected + "' is not in:\n" + text());
      }
      wait(left);
    }
  }
}
