package mutirao.raft.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Encoder} wrote. Whatever the bytes are, the worst that comes of them is a
 * {@link BadBytesException}: no length is believed before that many bytes are there. Not
 * thread-safe.
 */
public final class Decoder {

  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Decoder in) throws IOException;
  }

  private static final int MAX_CHUNK_BYTES = 1 << 30;
  private static final int FIRST_READ_BYTES = 1 << 20;

  private final @Nullable InputStream stream;
  private byte[] bytes;
  private int at;

  /** From memory. */
  public Decoder(byte[] bytes) {
    this.stream = null;
    this.bytes = bytes;
  }

  /** From chunks in {@code stream}, which the caller closes. */
  public Decoder(InputStream stream) {
    this.stream = stream;
    this.bytes = new byte[0];
  }

  /** A value begins here: the next chunk is read where one ended. */
  public void boundary() throws IOException {
    if (stream != null && at == bytes.length) {
      readChunk(stream);
      if (bytes.length == 0) {
        throw new BadBytesException("ends too early");
      }
    }
  }

  /**
   * Nothing may follow.
   *
   * @throws BadBytesException where something does
   */
  public void finish() throws IOException {
    if (at != bytes.length) {
      throw new BadBytesException((bytes.length - at) + " bytes too many");
    }
    if (stream != null) {
      readChunk(stream);
      if (bytes.length != 0 || stream.read() >= 0) {
        throw new BadBytesException("goes on after its end");
      }
    }
  }

  private void readChunk(InputStream from) throws IOException {
    byte[] header = from.readNBytes(Encoder.CHUNK_HEADER_BYTES);
    if (header.length < Encoder.CHUNK_HEADER_BYTES) {
      throw new BadBytesException("ends too early");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    if (length < 0 || length > MAX_CHUNK_BYTES) {
      throw new BadBytesException("a chunk of " + length + " bytes");
    }
    bytes = from.readNBytes(length);
    at = 0;
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    if (bytes.length < length || (int) crc.getValue() != fields.getInt()) {
      throw new BadBytesException("a checksum does not fit");
    }
  }

  int tag() throws BadBytesException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  boolean flag() throws BadBytesException {
    int tag = tag();
    if (tag > 1) {
      throw new BadBytesException("a truth of " + tag);
    }
    return tag == 1;
  }

  long number() throws BadBytesException {
    long folded = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = tag();
      folded |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return (folded >>> 1) ^ -(folded & 1);
      }
    }
    throw new BadBytesException("a number without end");
  }

  int smallNumber() throws BadBytesException {
    long number = number();
    if (number != (int) number) {
      throw new BadBytesException("a number that is too large: " + number);
    }
    return (int) number;
  }

  long fixed() throws BadBytesException {
    need(8);
    at += 8;
    return ByteBuffer.wrap(bytes).getLong(at - 8);
  }

  @Nullable Long optionalNumber() throws BadBytesException {
    return flag() ? number() : null;
  }

  byte[] bytes() throws BadBytesException {
    int length = smallNumber();
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  byte @Nullable [] optionalBytes() throws BadBytesException {
    return flag() ? bytes() : null;
  }

  String text() throws BadBytesException {
    int length = smallNumber();
    need(length);
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  @Nullable String optionalText() throws BadBytesException {
    return flag() ? text() : null;
  }

  long[] numbers() throws BadBytesException {
    int count = count();
    need(count);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = number();
    }
    return values;
  }

  /** As many values as a count says; each of them is at a boundary. */
  <T> List<T> list(Reader<T> reader) throws IOException {
    int count = count();
    List<T> values = new ArrayList<>(Math.min(count, FIRST_READ_BYTES / 64));
    for (int i = 0; i < count; i++) {
      boundary();
      values.add(reader.read(this));
    }
    return values;
  }

  int count() throws BadBytesException {
    int count = smallNumber();
    if (count < 0) {
      throw new BadBytesException("a count of " + count);
    }
    return count;
  }

  private void need(int more) throws BadBytesException {
    if (more < 0 || bytes.length - at < more) {
      throw new BadBytesException("ends too early");
    }
  }
}
