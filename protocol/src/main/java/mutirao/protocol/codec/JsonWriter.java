package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.out.ByteSink;
import org.jspecify.annotations.Nullable;

/** JSON into bytes. Strings go out as UTF-8; only what JSON demands is escaped. */
final class JsonWriter {
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int MAX_LONG_CHARS = 20;

  /** A character takes at most six bytes, as an escape. */
  private static final int MAX_CHAR_BYTES = 6;

  /**
   * Per ASCII character: 0 where it stands for itself, 'u' for an escape by number, else the letter
   * of its escape.
   */
  private static final byte[] ESCAPES = escapes();

  private JsonWriter() {}

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] escapes() {
    byte[] table = new byte[128];
    for (int c = 0; c < ' '; c++) {
      table[c] = 'u';
    }
    table['"'] = '"';
    table['\\'] = '\\';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    return table;
  }

  static void raw(ByteSink out, RawJson json) {
    out.write(json.bytes(), 0, json.bytes().length);
  }

  static void bool(ByteSink out, boolean value) {
    out.write(value ? TRUE : FALSE);
  }

  static void number(ByteSink out, long value) {
    if (value == Long.MIN_VALUE) {
      out.write(ascii(Long.toString(value)));
      return;
    }
    byte[] bytes = out.reserve(MAX_LONG_CHARS);
    int at = out.size();
    long rest = value;
    if (rest < 0) {
      bytes[at++] = '-';
      rest = -rest;
    }
    int end = at + digits(rest);
    int last = end;
    do {
      bytes[--last] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    out.advanceTo(end);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long bound = 10; digits < MAX_LONG_CHARS - 1 && value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** A string with its quotes; half a surrogate pair becomes U+FFFD. */
  static void string(ByteSink out, String text) {
    int length = text.length();
    byte[] bytes = out.reserve(length + 2);
    int at = out.size();
    bytes[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        break;
      }
      bytes[at++] = (byte) c;
    }
    out.advanceTo(at);
    if (i < length) {
      rest(out, text, i);
    }
    out.write('"');
  }

  /** The part of a string that begins with something other than plain ASCII. */
  private static void rest(ByteSink out, String text, int from) {
    byte[] bytes = out.reserve((text.length() - from) * MAX_CHAR_BYTES);
    int at = out.size();
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        at = ascii(bytes, at, c);
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | c >> 6);
        bytes[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[at++] = (byte) (0xF0 | point >> 18);
        bytes[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[at++] = (byte) (0x80 | point & 0x3F);
      } else {
        int whole = Character.isSurrogate(c) ? 0xFFFD : c;
        bytes[at++] = (byte) (0xE0 | whole >> 12);
        bytes[at++] = (byte) (0x80 | whole >> 6 & 0x3F);
        bytes[at++] = (byte) (0x80 | whole & 0x3F);
      }
    }
    out.advanceTo(at);
  }

  private static int ascii(byte[] bytes, int from, char c) {
    int at = from;
    byte escape = ESCAPES[c];
    if (escape == 0) {
      bytes[at++] = (byte) c;
      return at;
    }
    bytes[at++] = '\\';
    bytes[at++] = escape;
    if (escape == 'u') {
      bytes[at++] = '0';
      bytes[at++] = '0';
      bytes[at++] = HEX[c >> 4];
      bytes[at++] = HEX[c & 0xF];
    }
    return at;
  }

  /** Any value, see {@link Json#write}. */
  static void value(ByteSink out, @Nullable Object value, int depth) {
    if (depth > Limits.MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + Limits.MAX_DEPTH);
    }
    switch (value) {
      case null -> out.write(NULL);
      case CharSequence text -> string(out, text.toString());
      case Boolean bool -> bool(out, bool);
      case Number number -> number(out, number);
      case RawJson json -> raw(out, json);
      case Map<?, ?> map -> map(out, map, depth);
      case Iterable<?> list -> list(out, list, depth);
      default -> {
        if (!value.getClass().isArray()) {
          throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
        array(out, value, depth);
      }
    }
  }

  private static void number(ByteSink out, Number value) {
    switch (value) {
      case Long number -> number(out, number.longValue());
      case Integer number -> number(out, number.longValue());
      case Short number -> number(out, number.longValue());
      case Byte number -> number(out, number.longValue());
      case BigInteger number -> out.write(ascii(number.toString()));
      case BigDecimal number -> out.write(ascii(number.toString()));
      default -> out.write(ascii(decimal(value)));
    }
  }

  /** Numbers of any other class by their text, which is no JSON for NaN and infinities. */
  private static String decimal(Number value) {
    try {
      return new BigDecimal(value.toString()).toString();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no JSON for the number " + value, e);
    }
  }

  private static void map(ByteSink out, Map<?, ?> map, int depth) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof CharSequence key)) {
        throw new IllegalArgumentException("a key of a JSON object is a string");
      }
      out.write(separator);
      string(out, key.toString());
      out.write(':');
      value(out, entry.getValue(), depth + 1);
      separator = ',';
    }
    end(out, separator, '{', '}');
  }

  private static void list(ByteSink out, Iterable<?> list, int depth) {
    char separator = '[';
    for (Object element : list) {
      out.write(separator);
      value(out, element, depth + 1);
      separator = ',';
    }
    end(out, separator, '[', ']');
  }

  private static void array(ByteSink out, Object array, int depth) {
    char separator = '[';
    for (int i = 0; i < Array.getLength(array); i++) {
      out.write(separator);
      value(out, Array.get(array, i), depth + 1);
      separator = ',';
    }
    end(out, separator, '[', ']');
  }

  private static void end(ByteSink out, char separator, char open, char close) {
    if (separator == open) {
      out.write(open);
    }
    out.write(close);
  }
}
