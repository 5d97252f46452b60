package mutirao.server.gateway;

import mutirao.protocol.Frame;
import mutirao.protocol.codec.ByteSink;
import mutirao.protocol.codec.FrameWriter;

/**
 * Bytes owed to one peer: one of the two kinds of queue between threads. Bounded: what does not fit marks the peer a slow
 * consumer. Thread-safe; each frame goes in whole.
 */
public final class Outbox {

  /** Takes bytes over; the array is the outbox's own and changes once the call returns. */
  @FunctionalInterface
  public interface Taker {
    void take(byte[] bytes, int length);
  }

  /** What a busy peer's outbox keeps for the next turn. */
  private static final int KEPT_BYTES_BUSY = 64 * 1024;

  private final int maxBytes;
  private ByteSink sink = new ByteSink(0);
  private int inFlightBytes;
  private boolean overflown;
  private boolean sealed;
  private boolean used;

  /** An outbox that owes at most {@code maxBytes} before the peer counts as slow. */
  public Outbox(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Appends a frame; false where the peer has left too much unread. */
  public synchronized boolean add(Frame frame) {
    if (!sealed) {
      FrameWriter.write(frame, sink);
    }
    return withinBound();
  }

  /** Appends an encoded line; false as for {@link #add(Frame)}. */
  public synchronized boolean add(byte[] line, int length) {
    if (!sealed) {
      sink.write(line, 0, length);
    }
    return withinBound();
  }

  /** Drops what was not taken yet, says one last thing, and takes nothing more. */
  public synchronized void replaceBy(Frame last) {
    sink = new ByteSink(0);
    FrameWriter.write(last, sink);
    sealed = true;
  }

  /** Takes nothing more in, silently; what is in it is still owed. */
  public synchronized void seal() {
    sealed = true;
  }

  /**
   * Hands over all that is owed; it counts as owed until {@link #sent}. False where nothing is, or what was handed over
   * before is not sent yet.
   */
  public synchronized boolean take(Taker taker) {
    if (inFlightBytes > 0 || sink.size() == 0) {
      return false;
    }
    inFlightBytes = sink.size();
    taker.take(sink.array(), sink.size());
    if (sink.array().length > KEPT_BYTES_BUSY) {
      sink = new ByteSink(0);
    } else {
      sink.clear();
    }
    used = true;
    return true;
  }

  /** What was handed over is with the operating system. */
  public synchronized void sent() {
    inFlightBytes = 0;
  }

  /** Bytes the peer has not taken. */
  public synchronized int owedBytes() {
    return inFlightBytes + sink.size();
  }

  /** Called now and then: an outbox that was not used since gives its room back, so that an idle peer costs little. */
  synchronized void trim() {
    if (!used && sink.size() == 0) {
      sink = new ByteSink(0);
    }
    used = false;
  }

  private boolean withinBound() {
    if (!overflown && inFlightBytes + sink.size() > maxBytes) {
      overflown = true;
    }
    return !overflown;
  }
}
