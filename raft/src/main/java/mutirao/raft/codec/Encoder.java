package mutirao.raft.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as bytes: whole numbers with as many bytes as they need (LEB128, negative ones
 * folded in as Protocol Buffers do), strings and byte arrays behind their length. Into memory, or
 * in chunks into a stream. Not thread-safe.
 */
public final class Encoder {
  /** A chunk is written out once it is this long. */
  static final int CHUNK_BYTES = 1024 * 1024;

  /** Bytes in front of a chunk: its length and its CRC-32C. */
  static final int CHUNK_HEADER_BYTES = 8;

  private final @Nullable OutputStream stream;
  private byte[] bytes = new byte[256];
  private int length;

  /** Into memory; {@link #toBytes} has all of it. */
  public Encoder() {
    this.stream = null;
  }

  /** In chunks into {@code stream}, which the caller closes after {@link #finish}. */
  public Encoder(OutputStream stream) {
    this.stream = stream;
  }

  /** What was written, of an encoder into memory. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets what was written, of an encoder into memory. */
  void clear() {
    length = 0;
  }

  /** The CRC-32C of what was written, of an encoder into memory. */
  long checksum() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  /** A value ends here: of a stream, the chunk may end too. */
  public void boundary() throws IOException {
    if (stream != null && length >= CHUNK_BYTES) {
      writeChunk(stream);
    }
  }

  /** Writes what is left, and an empty chunk as the end's sign. */
  public void finish() throws IOException {
    if (stream != null) {
      if (length > 0) {
        writeChunk(stream);
      }
      writeChunk(stream);
    }
  }

  private void writeChunk(OutputStream to) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    ByteBuffer header = ByteBuffer.allocate(CHUNK_HEADER_BYTES);
    to.write(header.putInt(length).putInt((int) crc.getValue()).array());
    to.write(bytes, 0, length);
    length = 0;
  }

  /** One byte. */
  public Encoder tag(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** A truth. */
  public Encoder flag(boolean value) {
    return tag(value ? 1 : 0);
  }

  /** A number that is seldom negative or huge. */
  public Encoder number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** A number of which every bit is chance: always eight bytes. */
  public Encoder fixed(long value) {
    room(8);
    ByteBuffer.wrap(bytes).putLong(length, value);
    length += 8;
    return this;
  }

  /** A number that may be missing. */
  public Encoder optionalNumber(@Nullable Long value) {
    return value == null ? flag(false) : flag(true).number(value);
  }

  /** Bytes behind their length. */
  public Encoder bytes(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Bytes that may be missing. */
  public Encoder optionalBytes(byte @Nullable [] value) {
    return value == null ? flag(false) : flag(true).bytes(value);
  }

  /** Text. */
  public Encoder text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  /** Text that may be missing. */
  public Encoder optionalText(@Nullable String value) {
    return value == null ? flag(false) : flag(true).text(value);
  }

  /** Numbers behind their count. */
  public Encoder numbers(long[] values) {
    number(values.length);
    for (long value : values) {
      number(value);
    }
    return this;
  }

  /** Texts behind their count. */
  public Encoder texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }
}
