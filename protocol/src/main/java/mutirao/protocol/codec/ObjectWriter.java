package mutirao.protocol.codec;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.out.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object member by member, in the order of the calls; a null value leaves the member out.
 */
final class ObjectWriter {
  private static final byte[][] KEYS = keys();
  private static final byte[] REF = JsonWriter.ascii(",\"ref\":");

  private final ByteSink out;
  private boolean begun;

  ObjectWriter(ByteSink out) {
    this.out = out;
  }

  private static byte[][] keys() {
    Field[] fields = Field.values();
    byte[][] keys = new byte[fields.length][];
    for (Field field : fields) {
      keys[field.ordinal()] = JsonWriter.ascii(",\"" + field.wireName() + "\":");
    }
    return keys;
  }

  /** What a frame of a type begins with, for {@link #begin}. */
  static byte[] opening(String type) {
    return JsonWriter.ascii("{\"type\":\"" + type + "\"");
  }

  /** Begins a frame. */
  ObjectWriter begin(byte[] opening, @Nullable RawJson ref) {
    out.write(opening);
    begun = true;
    if (ref != null) {
      out.write(REF);
      JsonWriter.raw(out, ref);
    }
    return this;
  }

  ObjectWriter text(Field field, @Nullable String value) {
    if (value != null) {
      key(field);
      JsonWriter.string(out, value);
    }
    return this;
  }

  ObjectWriter number(Field field, long value) {
    key(field);
    JsonWriter.number(out, value);
    return this;
  }

  ObjectWriter optional(Field field, @Nullable Long value) {
    return value == null ? this : number(field, value);
  }

  /** Writes a number unless it is the one that a reader takes for a missing field. */
  ObjectWriter unless(Field field, long usual, long value) {
    return value == usual ? this : number(field, value);
  }

  ObjectWriter flag(Field field, boolean value) {
    key(field);
    JsonWriter.bool(out, value);
    return this;
  }

  /** Writes a flag unless it is what a reader takes a missing field for. */
  ObjectWriter flagUnless(Field field, boolean usual, boolean value) {
    return value == usual ? this : flag(field, value);
  }

  ObjectWriter raw(Field field, @Nullable RawJson value) {
    if (value != null) {
      key(field);
      JsonWriter.raw(out, value);
    }
    return this;
  }

  ObjectWriter value(Field field, @Nullable Object value) {
    if (value != null) {
      key(field);
      JsonWriter.value(out, value, 1);
    }
    return this;
  }

  /** An array of strings, each taken out of an element. */
  <T> ObjectWriter texts(Field field, List<T> elements, Function<T, String> text) {
    key(field);
    out.write('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      JsonWriter.string(out, text.apply(elements.get(i)));
    }
    out.write(']');
    return this;
  }

  /** An array of objects, each written by {@code writer} and closed here. */
  <T> ObjectWriter objects(Field field, List<T> elements, BiConsumer<ObjectWriter, T> writer) {
    key(field);
    out.write('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      ObjectWriter element = new ObjectWriter(out);
      writer.accept(element, elements.get(i));
      element.end();
    }
    out.write(']');
    return this;
  }

  /** An object, written by {@code writer} and closed here. */
  <T> ObjectWriter object(Field field, @Nullable T value, BiConsumer<ObjectWriter, T> writer) {
    if (value != null) {
      key(field);
      ObjectWriter element = new ObjectWriter(out);
      writer.accept(element, value);
      element.end();
    }
    return this;
  }

  void end() {
    out.write('}');
  }

  private void key(Field field) {
    byte[] key = KEYS[field.ordinal()];
    if (begun) {
      out.write(key, 0, key.length);
    } else {
      begun = true;
      out.write('{');
      out.write(key, 1, key.length - 1);
    }
  }
}
