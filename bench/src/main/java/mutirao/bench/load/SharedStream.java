package mutirao.bench.load;

import java.util.Arrays;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.wire.Connection;

/**
 * What all members hear is one stream of frames. Whoever is first to hear a message has it read and
 * checked; it is kept, and for everybody else the same bytes are compared, which is as cheap as
 * copying them. So every byte at every member is checked, and so is that all see one order. Belongs
 * to the loop's thread.
 */
final class SharedStream {
  private static final int FIRST_CAPACITY = 4 << 20;

  private final StreamFormat format;
  private final Findings findings;
  private final long[] offsets;
  private final long[] counts;
  private final long[] ends;
  private byte[] kept = new byte[FIRST_CAPACITY];
  private long base;
  private long frontier;
  private long messages;
  private long deliveries;

  /**
   * An empty stream.
   *
   * @param inFlight most messages sent and not yet heard by all; a power of two
   */
  SharedStream(StreamFormat format, int members, int inFlight, Findings findings) {
    this.format = format;
    this.findings = findings;
    this.offsets = new long[members];
    this.counts = new long[members];
    this.ends = new long[inFlight];
  }

  /** Messages that every member has heard. */
  long heardByAll() {
    long least = Long.MAX_VALUE;
    for (long count : counts) {
      least = Math.min(least, count);
    }
    return least;
  }

  /** Messages heard, counted at each member. */
  long deliveries() {
    return deliveries;
  }

  /** Takes in bytes of one member; see {@link Events.Stream#stream}. */
  int take(int member, Connection connection, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at += skipKnown(member, bytes, at, to);
      int end = at < to ? format.frameEnd(bytes, at, to) : -1;
      if (end < 0) {
        return at;
      }
      if (!frame(member, connection, bytes, at, end)) {
        return to;
      }
      at = end;
    }
    return at;
  }

  /** Passes over whole messages that are the same as somebody else's; returns their length. */
  private int skipKnown(int member, byte[] bytes, int at, int to) {
    long offset = offsets[member];
    int comparable = (int) Math.min(frontier - offset, to - at);
    if (comparable == 0) {
      return 0;
    }
    int begin = (int) (offset - base);
    int difference = Arrays.mismatch(kept, begin, begin + comparable, bytes, at, at + comparable);
    long equalTo = offset + (difference < 0 ? comparable : difference);
    long count = counts[member];
    long end = offset;
    while (count < messages && ends[(int) (count & (ends.length - 1))] <= equalTo) {
      end = ends[(int) (count & (ends.length - 1))];
      count++;
    }
    deliveries += count - counts[member];
    counts[member] = count;
    offsets[member] = end;
    return (int) (end - offset);
  }

  /** One frame that is new or differs; false ends the run. */
  private boolean frame(int member, Connection connection, byte[] bytes, int from, int to) {
    int payload = format.payloadAt(bytes, from, to);
    if (payload < 0) {
      boolean harmless = format.handleOther(connection, bytes, from, to);
      return harmless || refuse("an unexpected frame", member, bytes, from, to);
    }
    if (offsets[member] < frontier) {
      return refuse("another message than the other members", member, bytes, from, to);
    }
    long sequence = Payload.sequence(bytes, payload);
    if (sequence != messages) {
      return refuse(
          "message " + sequence + " in the place of " + messages, member, bytes, from, to);
    }
    if (Payload.sender(bytes, payload) != 0 || !Payload.isOriginal(bytes, payload, sequence)) {
      return refuse("a wrong sender or text", member, bytes, from, to);
    }
    keep(bytes, from, to);
    offsets[member] = frontier;
    counts[member]++;
    deliveries++;
    return true;
  }

  private boolean refuse(String what, int member, byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    String whole = "member " + member + " got " + what + ": " + text.strip();
    findings.bad(() -> whole);
    findings.failure(whole);
    return false;
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (frontier - base + length > kept.length) {
      slide(length);
    }
    System.arraycopy(bytes, from, kept, (int) (frontier - base), length);
    frontier += length;
    ends[(int) (messages & (ends.length - 1))] = frontier;
    messages++;
  }

  /** Forgets what every member has passed; grows where that does not free half. */
  private void slide(int length) {
    long least = frontier;
    for (long offset : offsets) {
      least = Math.min(least, offset);
    }
    int alive = (int) (frontier - least);
    int capacity = alive + length > kept.length / 2 ? kept.length * 2 : kept.length;
    byte[] next = new byte[capacity];
    System.arraycopy(kept, (int) (least - base), next, 0, alive);
    kept = next;
    base = least;
  }
}
