package mutirao.raft.version;

import java.nio.ByteBuffer;
import mutirao.raft.codec.EventHash;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of a group must have in common. Programs of different versions may agree in it,
 * and then they go together.
 *
 * @param records how the entries of the log are written
 * @param snapshots how whole states are
 * @param rules what is made of the log
 */
public record Versions(int records, int snapshots, int rules) {
  /** Those of this program. */
  public static final Versions OWN =
      new Versions(LogRecord.VERSION, Snapshot.VERSION, EventHash.VERSION);

  /** As they go from server to server: three numbers, for ever. */
  byte[] toBytes() {
    return ByteBuffer.allocate(3 * Integer.BYTES)
        .putInt(records)
        .putInt(snapshots)
        .putInt(rules)
        .array();
  }

  /** What {@link #toBytes} made; null where it is something else. */
  static @Nullable Versions of(ByteBuffer bytes) {
    return bytes.remaining() < 3 * Integer.BYTES
        ? null
        : new Versions(bytes.getInt(), bytes.getInt(), bytes.getInt());
  }

  /** Whether something of it came later than in {@code other}. */
  boolean isLaterThan(Versions other) {
    return records > other.records || snapshots > other.snapshots || rules > other.rules;
  }

  @Override
  public String toString() {
    return "records " + records + ", snapshots " + snapshots + ", rules " + rules;
  }
}
