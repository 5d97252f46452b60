package mutirao.raft.codec;

import java.nio.ByteBuffer;

/** An entry of the log as the leader wrote it: its time, epoch milliseconds, and a record. */
public final class Stamped {
  /** Bytes of the time, the most significant first. */
  public static final int TIME_BYTES = Long.BYTES;

  private Stamped() {}

  /** The bytes that go before the record. */
  public static byte[] time(long timeMs) {
    return ByteBuffer.allocate(TIME_BYTES).putLong(timeMs).array();
  }

  /**
   * The time of an entry.
   *
   * @throws BadBytesException where the entry is too short to have one
   */
  public static long timeOf(ByteBuffer entry) throws BadBytesException {
    if (entry.remaining() < TIME_BYTES) {
      throw new BadBytesException("an entry of " + entry.remaining() + " bytes has no time");
    }
    return entry.getLong(entry.position());
  }
}
