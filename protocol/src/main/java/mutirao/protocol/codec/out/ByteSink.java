package mutirao.protocol.codec.out;

import java.util.Arrays;

/**
 * A growing run of bytes that frames are written into. Not thread-safe: it has one owner at a time.
 */
public final class ByteSink {
  private static final int SMALLEST_BYTES = 128;

  private byte[] bytes;
  private int size;

  /** An empty sink with room for {@code capacity} bytes. */
  public ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  /**
   * The backing array; only the first {@link #size()} bytes count, and the next write may replace
   * it.
   */
  public byte[] array() {
    return bytes;
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** Forgets what was written; keeps the room. */
  public void clear() {
    size = 0;
  }

  /** Appends one byte. */
  public void write(int value) {
    if (size == bytes.length) {
      grow(1);
    }
    bytes[size++] = (byte) value;
  }

  /** Appends a run of bytes. */
  public void write(byte[] source, int offset, int length) {
    if (bytes.length - size < length) {
      grow(length);
    }
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Appends all of {@code source}. */
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  /**
   * Makes room for {@code length} more bytes and tells the array to put them into, from {@link
   * #size()} on.
   */
  public byte[] reserve(int length) {
    if (bytes.length - size < length) {
      grow(length);
    }
    return bytes;
  }

  /**
   * Tells that the bytes before {@code newSize} have been put into the array that {@link #reserve}
   * gave.
   */
  public void advanceTo(int newSize) {
    size = newSize;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(Math.max(SMALLEST_BYTES, bytes.length * 2), size + more));
  }
}
