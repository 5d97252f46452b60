package mutirao.server.gateway;

import mutirao.protocol.Frame;
import mutirao.protocol.codec.ByteSink;
import mutirao.protocol.codec.FrameWriter;

/**
 * Bytes owed to one peer: one of the two kinds of queue between threads. Bounded: what does not fit
 * marks the peer a slow consumer. Thread-safe; each frame goes in whole.
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
  private final Debt debt;
  private ByteSink sink = new ByteSink(0);
  private int inFlightBytes;
  private boolean overflown;
  private boolean sealed;
  private boolean used;

  /**
   * An outbox that owes at most {@code maxBytes} before the peer counts as slow.
   *
   * @param debt what all outboxes of this server owe together
   */
  public Outbox(int maxBytes, Debt debt) {
    this.maxBytes = maxBytes;
    this.debt = debt;
  }

  /** Appends a frame; false where the peer has left too much unread. */
  public synchronized boolean add(Frame frame) {
    int before = sink.size();
    if (!sealed) {
      FrameWriter.write(frame, sink);
    }
    return withinBound(sink.size() - before);
  }

  /** Appends an encoded line; false as for {@link #add(Frame)}. */
  public synchronized boolean add(byte[] line, int length) {
    if (sealed) {
      return !overflown;
    }
    sink.write(line, 0, length);
    return withinBound(length);
  }

  /** Drops what was not taken yet, says one last thing, and takes nothing more. */
  public synchronized void replaceBy(Frame last) {
    debt.change(-sink.size());
    sink = new ByteSink(0);
    FrameWriter.write(last, sink);
    debt.change(sink.size());
    sealed = true;
  }

  /** Takes nothing more in, silently; what is in it is still owed. */
  public synchronized void seal() {
    sealed = true;
  }

  /**
   * Hands over all that is owed; it counts as owed until {@link #sent}. False where nothing is, or
   * what was handed over before is not sent yet.
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
    debt.change(-inFlightBytes);
    inFlightBytes = 0;
  }

  /** Nobody is there any more to take anything. */
  synchronized void cancelDebt() {
    debt.change(-owedBytes());
    inFlightBytes = 0;
    sink = new ByteSink(0);
    sealed = true;
  }

  /** Bytes the peer has not taken. */
  public synchronized int owedBytes() {
    return inFlightBytes + sink.size();
  }

  /**
   * Called now and then: an outbox that was not used since gives its room back, so that an idle
   * peer costs little.
   */
  synchronized void trim() {
    if (!used && sink.size() == 0) {
      sink = new ByteSink(0);
    }
    used = false;
  }

  private boolean withinBound(int added) {
    debt.change(added);
    int owed = inFlightBytes + sink.size();
    if (owed > maxBytes || debt.callsIn(owed)) {
      overflown = true;
    }
    return !overflown;
  }
}
