package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import mutirao.protocol.RawJson;
import mutirao.protocol.codec.out.ByteSink;
import mutirao.protocol.codec.scan.Bytes;
import mutirao.protocol.codec.scan.MalformedException;
import mutirao.protocol.codec.scan.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON: no duplicate keys, no comments, no NaN, bounded depth, whole UTF-8. Values are
 * {@code Map<String, Object>} in the order written, {@code List<Object>}, {@code String}, {@code
 * Long} (or {@code BigInteger}), {@code BigDecimal}, {@code Boolean} and null. Thread-safe.
 */
public final class Json {

  private Json() {}

  /**
   * Takes JSON text from outside: checks it, and puts it on one line by turning line breaks between
   * its tokens into spaces.
   *
   * @throws IllegalArgumentException with the byte position where the text is not one strict JSON
   *     value
   */
  public static RawJson of(String text) {
    RawJson json = new RawJson(text.getBytes(UTF_8));
    parse(json);
    Bytes.replaceLineBreaks(json.bytes());
    return json;
  }

  /**
   * Reads one value. A number has at most 1,000 digits, but its exponent may be anything that
   * {@code BigDecimal} can hold: calling {@code toBigInteger} or {@code toPlainString} on what a
   * stranger sent needs a bound of its own.
   *
   * @throws IllegalArgumentException with the byte position where the text is not one strict JSON
   *     value
   */
  public static @Nullable Object parse(RawJson json) {
    byte[] bytes = json.bytes();
    JsonCursor cursor = JsonCursor.take();
    try {
      Utf8.check(bytes, 0, bytes.length, true, true);
      Object value = cursor.readWhole(bytes);
      cursor.giveBack();
      return value;
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "not strict JSON at byte " + e.position() + ": " + e.key(), e);
    }
  }

  /**
   * Writes a value made of the kinds above, and of any {@code Number}, {@code Iterable}, array,
   * {@code Map} with string keys, {@code CharSequence}, {@code RawJson}.
   *
   * @throws IllegalArgumentException where a part is of another kind
   */
  public static RawJson write(@Nullable Object value) {
    ByteSink out = new ByteSink(128);
    JsonWriter.value(out, value, 0);
    return new RawJson(out.toByteArray());
  }

  /** A JSON string with its quotes; half a surrogate pair becomes U+FFFD. */
  public static RawJson string(String text) {
    ByteSink out = new ByteSink(text.length() + 2);
    JsonWriter.string(out, text);
    return new RawJson(out.toByteArray());
  }

  /**
   * The text of a JSON string.
   *
   * @throws IllegalArgumentException where it is not one
   */
  public static String text(RawJson string) {
    if (parse(string) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a JSON string");
  }
}
