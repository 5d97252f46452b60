package mutirao.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One JSON value as the bytes it came in: {@code params}, {@code result}, message text and {@code
 * ref} are checked once at the edge and then handed on untouched.
 *
 * @param bytes UTF-8 JSON without a raw newline; owned by this record and never changed by anybody
 */
public record RawJson(byte[] bytes) {

  /** The empty object, which is what {@code params} is when a client leaves it out. */
  public static final RawJson EMPTY_OBJECT = of("{}");

  /** Wraps JSON text the caller knows to be valid. */
  public static RawJson of(String json) {
    return new RawJson(json.getBytes(UTF_8));
  }

  /** The length in bytes. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson raw && Arrays.equals(bytes, raw.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
