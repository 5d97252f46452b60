package mutirao.server.gateway.outbox;

import java.util.ArrayDeque;
import java.util.Arrays;
import mutirao.protocol.Frame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;

/**
 * Bytes owed to one peer: one of the two kinds of queue between threads. Bounded: what does not fit
 * marks the peer a slow consumer. Thread-safe; each frame goes in whole.
 */
public final class Outbox {

  /** Takes bytes over; the array is the outbox's own and changes once the call returns. */
  @FunctionalInterface
  public interface Taker {
    void take(byte[] bytes, int length);

    /** Takes over what others are owed too, and which therefore never changes. */
    default void takeShared(Shared lines) {
      take(lines.bytes, lines.bytes.length);
    }
  }

  /** What is owed before the newest of the peer's own lines. */
  sealed interface Piece {
    int length();
  }

  /** Lines that many are owed: in memory once, however many they are. Compared by identity. */
  public static final class Shared implements Piece {
    private final byte[] bytes;

    /** Keeps its own copy of the first {@code length} bytes. */
    public Shared(byte[] lines, int length) {
      bytes = Arrays.copyOf(lines, length);
    }

    /** The lines; not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int length() {
      return bytes.length;
    }
  }

  /** Lines of this peer alone that came before lines of many. */
  private record Own(ByteSink lines) implements Piece {
    @Override
    public int length() {
      return lines.size();
    }
  }

  /** What a busy peer's outbox keeps for the next turn. */
  private static final int KEPT_BYTES_BUSY = 64 * 1024;

  /** As much may be owed before all outboxes' common sum, which is costly to change, knows. */
  private static final int UNDECLARED_BYTES = 4096;

  private final int maxBytes;
  private final Debt debt;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(0);
  private ByteSink sink = new ByteSink(0);
  private int pieceBytes;
  private int inFlightBytes;
  private int declaredBytes;
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
    if (!sealed) {
      FrameWriter.write(frame, sink);
    }
    return withinBound();
  }

  /** Appends encoded lines; false as for {@link #add(Frame)}. */
  public synchronized boolean add(byte[] lines, int offset, int length) {
    if (sealed) {
      return !overflown;
    }
    sink.write(lines, offset, length);
    return withinBound();
  }

  /** Appends lines that others are owed too; false as for {@link #add(Frame)}. */
  public synchronized boolean add(Shared lines) {
    if (sealed) {
      return !overflown;
    }
    if (sink.size() > 0) {
      pieces.addLast(new Own(sink));
      pieceBytes += sink.size();
      sink = new ByteSink(0);
    }
    pieces.addLast(lines);
    pieceBytes += lines.length();
    return withinBound();
  }

  /** Drops what was not taken yet, says one last thing, and takes nothing more. */
  public synchronized void replaceBy(Frame last) {
    drop();
    FrameWriter.write(last, sink);
    declare();
    sealed = true;
  }

  /** Takes nothing more in, silently; what is in it is still owed. */
  public synchronized void seal() {
    sealed = true;
  }

  /**
   * Hands over, in one call, what is owed next; it counts as owed until {@link #sent}. False where
   * nothing is, or what was handed over before is not sent yet.
   */
  public synchronized boolean take(Taker taker) {
    declare();
    if (inFlightBytes > 0) {
      return false;
    }
    Piece piece = pieces.pollFirst();
    if (piece != null) {
      pieceBytes -= piece.length();
      inFlightBytes = piece.length();
      switch (piece) {
        case Shared shared -> taker.takeShared(shared);
        case Own own -> taker.take(own.lines().array(), own.lines().size());
      }
    } else if (sink.size() > 0) {
      inFlightBytes = sink.size();
      taker.take(sink.array(), sink.size());
      if (sink.array().length > KEPT_BYTES_BUSY) {
        sink = new ByteSink(0);
      } else {
        sink.clear();
      }
    } else {
      return false;
    }
    used = true;
    return true;
  }

  /** What was handed over is with the operating system. */
  public synchronized void sent() {
    inFlightBytes = 0;
    declare();
  }

  /** Nobody is there any more to take anything. */
  public synchronized void cancelDebt() {
    drop();
    inFlightBytes = 0;
    declare();
    sealed = true;
  }

  /** Bytes the peer has not taken. */
  public synchronized int owedBytes() {
    return inFlightBytes + pieceBytes + sink.size();
  }

  /**
   * Called now and then: an outbox that was not used since gives its room back, so that an idle
   * peer costs little.
   */
  public synchronized void trim() {
    if (!used && sink.size() == 0) {
      sink = new ByteSink(0);
    }
    used = false;
  }

  private void drop() {
    pieces.clear();
    pieceBytes = 0;
    sink = new ByteSink(0);
  }

  /** Lets the common sum know what is owed here now. */
  private void declare() {
    int owed = owedBytes();
    if (owed != declaredBytes) {
      debt.change(owed - declaredBytes);
      declaredBytes = owed;
    }
  }

  private boolean withinBound() {
    int owed = owedBytes();
    if (owed - declaredBytes > UNDECLARED_BYTES) {
      declare();
    }
    if (owed > maxBytes || debt.callsIn(owed)) {
      overflown = true;
    }
    return !overflown;
  }
}
