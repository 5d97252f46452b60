package mutirao.server.gateway;

import mutirao.protocol.Frame;
import mutirao.protocol.codec.ByteSink;
import mutirao.protocol.codec.FrameWriter;

/**
 * Bytes owed to one peer: one of the two kinds of queue between threads. Bounded: what does not fit marks the peer a slow
 * consumer. Thread-safe; each frame goes in whole.
 */
public final class Outbox {
  private static final byte[] NOTHING = new byte[0];
  private static final int KEPT_CAPACITY_BYTES = 512;

  private final int maxBytes;
  private ByteSink sink = new ByteSink(0);
  private int inFlightBytes;
  private boolean overflown;
  private boolean sealed;

  /** An outbox that owes at most {@code maxBytes} before the peer counts as slow. */
  public Outbox(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Appends a frame; false where the peer owes us too much reading, or nothing more may be said. */
  public synchronized boolean add(Frame frame) {
    if (sealed) {
      return false;
    }
    FrameWriter.write(frame, sink);
    return withinBound();
  }

  /** Appends an encoded line; false as for {@link #add(Frame)}. */
  public synchronized boolean add(byte[] line, int length) {
    if (sealed) {
      return false;
    }
    sink.write(line, 0, length);
    return withinBound();
  }

  /** Drops what was not taken yet, says one last thing, and takes nothing more. */
  public synchronized void replaceBy(Frame last) {
    sink = new ByteSink(KEPT_CAPACITY_BYTES);
    FrameWriter.write(last, sink);
    sealed = true;
  }

  /** Takes nothing more; what is in it is still owed. */
  public synchronized void seal() {
    sealed = true;
  }

  /**
   * Hands over all that is owed, or an empty array. The bytes count as owed until {@link #sent}; they are the caller's
   * alone. Only the first {@link #inFlightBytes()} of the array count.
   */
  public synchronized byte[] take() {
    inFlightBytes = sink.size();
    if (inFlightBytes == 0) {
      return NOTHING;
    }
    byte[] bytes = sink.array();
    sink = new ByteSink(0);
    return bytes;
  }

  /** Length of what {@link #take} handed over and {@link #sent} has not confirmed. */
  public synchronized int inFlightBytes() {
    return inFlightBytes;
  }

  /** What was taken is with the operating system; true where more is owed. */
  public synchronized boolean sent() {
    inFlightBytes = 0;
    return sink.size() > 0;
  }

  /** Bytes the peer has not taken. */
  public synchronized int owedBytes() {
    return inFlightBytes + sink.size();
  }

  private boolean withinBound() {
    if (!overflown && inFlightBytes + sink.size() > maxBytes) {
      overflown = true;
    }
    return !overflown;
  }
}
