package mutirao.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.Snapshot;

/**
 * A snapshot: it is read and written back as it was read, or it is bad bytes. Where the first byte
 * is odd the rest is a file as it is; otherwise the rest is what a file of that version holds, and
 * gets checksums that fit, because no chance finds those.
 */
public final class SnapshotFuzz {
  private static final byte[] MAGIC = {'m', 'u', 't', 'i', 'r', 'a', 'o'};

  private SnapshotFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    Snapshot snapshot;
    try {
      snapshot = read((data[0] & 1) == 1 ? rest : sealed(1 + (data[0] >> 1 & 3), rest));
    } catch (BadBytesException e) {
      return;
    }
    byte[] once = written(snapshot);
    if (!Arrays.equals(once, written(read(once)))) {
      throw new IllegalStateException("it does not come back as it was");
    }
  }

  /** A file with these bytes in one chunk. */
  static byte[] sealed(int version, byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return ByteBuffer.allocate(MAGIC.length + 1 + 8 + content.length + 8)
        .put(MAGIC)
        .put((byte) version)
        .putInt(content.length)
        .putInt((int) crc.getValue())
        .put(content)
        .putInt(0)
        .putInt(0)
        .array();
  }

  private static Snapshot read(byte[] file) throws IOException {
    return Snapshot.read(new ByteArrayInputStream(file));
  }

  private static byte[] written(Snapshot snapshot) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    snapshot.write(file);
    return file.toByteArray();
  }
}
