package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Standard input that a test writes as it goes. */
final class TypedInput extends InputStream {
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
  private byte[] current = new byte[0];
  private int at;
  private boolean ended;

  void type(String text) {
    add(text.getBytes(UTF_8));
  }

  void add(byte[] bytes) {
    if (bytes.length > 0) {
      typed.add(bytes);
    }
  }

  void end() {
    typed.add(END);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean next() {
    if (ended) {
      return false;
    }
    try {
      current = typed.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      current = END;
    }
    at = 0;
    ended = current.length == 0;
    return !ended;
  }
}
