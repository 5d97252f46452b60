package mutirao.raft.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one of Ratis's segment files (its {@code SegmentedRaftLogFormat}): a header, then
 * entries of a length, that many bytes, and a CRC-32C over both; zeros up to the end.
 *
 * @param entries how many are whole
 * @param goodBytes where they end
 * @param last the last whole one as Ratis wrote it; empty where there is none
 * @param damage what came after them; null where nothing did
 */
public record SegmentReader(long entries, int goodBytes, ByteString last, @Nullable String damage) {
  private static final byte[] HEADER = "RaftLog1".getBytes(US_ASCII);
  private static final int MAX_VARINT_BYTES = 5;

  /** Reads the whole file. */
  public static SegmentReader read(Path file, int maxEntryBytes) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < HEADER.length; i++) {
      if (i >= bytes.length || bytes[i] != HEADER[i]) {
        // Ratis makes a file before it writes the header.
        boolean unwritten = i == bytes.length || allZero(bytes, i);
        return new SegmentReader(0, 0, ByteString.EMPTY, unwritten ? null : "no header");
      }
    }
    long entries = 0;
    ByteString last = ByteString.EMPTY;
    int at = HEADER.length;
    while (at < bytes.length && bytes[at] != 0) {
      int end = entryEnd(bytes, at, maxEntryBytes);
      if (end < 0) {
        return new SegmentReader(entries, at, last, "a checksum or a length does not fit");
      }
      entries++;
      int from = at;
      while (bytes[from++] < 0) {
        // The length: seven bits a byte.
      }
      last = UnsafeByteOperations.unsafeWrap(bytes, from, end - Integer.BYTES - from);
      at = end;
    }
    boolean clean = allZero(bytes, at);
    return new SegmentReader(entries, at, last, clean ? null : "there is something behind its end");
  }

  /** Where the entry at {@code at} ends; negative where it is not whole. */
  private static int entryEnd(byte[] bytes, int at, int maxEntryBytes) {
    long length = 0;
    int from = at;
    for (int shift = 0; ; shift += 7) {
      if (from == bytes.length || from - at == MAX_VARINT_BYTES) {
        return -1;
      }
      byte next = bytes[from++];
      length |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
    }
    if (length > maxEntryBytes || from + length + Integer.BYTES > bytes.length) {
      return -1;
    }
    int end = from + (int) length;
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, end - at);
    boolean whole = ByteBuffer.wrap(bytes).getInt(end) == (int) crc.getValue();
    return whole ? end + Integer.BYTES : -1;
  }

  private static boolean allZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
