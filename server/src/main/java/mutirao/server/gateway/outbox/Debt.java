package mutirao.server.gateway.outbox;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a server owes all its peers together. A thousand slow readers, each within its own bound,
 * would still fill the memory; so when the whole grows too large, those who have left most unread
 * have to go. Thread-safe.
 */
public final class Debt {

  /** Who owes less than this is not what fills the memory. */
  private static final int HARMLESS_BYTES = 256 * 1024;

  private final long maxBytes;
  private final AtomicLong owedBytes = new AtomicLong();

  /** A debt that may grow to {@code maxBytes} before large debtors are called in. */
  public Debt(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Bytes owed now. */
  public long owedBytes() {
    return owedBytes.get();
  }

  void change(int bytes) {
    owedBytes.addAndGet(bytes);
  }

  /** Whether somebody with this much unread has to go. */
  boolean callsIn(int bytes) {
    return bytes > HARMLESS_BYTES && owedBytes.get() > maxBytes;
  }
}
