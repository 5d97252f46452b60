package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.scan.Bytes;
import mutirao.protocol.codec.scan.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, as the places of its values in the bytes that were read: nothing is copied
 * before somebody asks.
 *
 * <p>The typed accessors do not throw. The first value that is wrong is kept as the {@link
 * #problem()}, and what is returned in its place does not count; JSON's {@code null} is the same as
 * a field left out.
 */
final class Fields {
  static final byte NULL = 1;
  static final byte STRING = 2;
  static final byte INTEGER = 3;
  static final byte DECIMAL = 4;
  static final byte TRUE = 5;
  static final byte FALSE = 6;
  static final byte OBJECT = 7;
  static final byte ARRAY = 8;

  private static final byte[] NOTHING = {};
  private static final int SHOWN_CHARS = 64;

  private final byte[] kinds = new byte[Field.COUNT];
  private final int[] starts = new int[Field.COUNT];
  private final int[] ends = new int[Field.COUNT];
  private byte[] buffer = NOTHING;
  private int flags = -1;
  private @Nullable RawJson ref;
  private @Nullable Problem problem;

  /** Empties all fields; {@code source} is what their values will lie in. */
  void begin(byte[] source) {
    Arrays.fill(kinds, (byte) 0);
    buffer = source;
    flags = -1;
    ref = null;
    problem = null;
  }

  void forget() {
    buffer = NOTHING;
    ref = null;
    problem = null;
  }

  /** Tells what can be among the bytes, see {@link Bytes}; until told, everything can. */
  void flags(int bytesFlags) {
    flags = bytesFlags;
  }

  boolean isGiven(int field) {
    return kinds[field] != 0;
  }

  void set(int field, byte kind, int start, int end) {
    kinds[field] = kind;
    starts[field] = start;
    ends[field] = end;
  }

  /** What is wrong with the values asked for so far. */
  @Nullable Problem problem() {
    return problem;
  }

  /** Notes a problem with a field, unless there is one already. */
  void fail(Field field, String key, Object... arguments) {
    failAt(field.wireName(), key, arguments);
  }

  /** Like {@link #fail} for a place inside a field. */
  void failAt(String path, String key, Object... arguments) {
    fail(Problem.field(ref, ErrorCode.INVALID, path, key, withPath(path, arguments)));
  }

  /**
   * Takes over what is wrong inside the object in {@code field}, naming it as {@code field.inner}.
   */
  void adopt(Field field, Fields inner) {
    if (inner.problem != null) {
      List<Object> arguments = inner.problem.arguments();
      failAt(
          field.wireName() + "." + inner.problem.field(),
          inner.problem.key(),
          arguments.subList(1, arguments.size()).toArray());
    }
  }

  void fail(Problem found) {
    if (problem == null) {
      problem = found;
    }
  }

  private static Object[] withPath(String path, Object[] arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = path;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  /** Reads {@code ref}, which problems found from now on carry. */
  @Nullable RawJson ref() {
    if (!has(Field.REF)) {
      return null;
    }
    boolean fits =
        switch (kind(Field.REF)) {
          case STRING -> {
            String text = string(Field.REF);
            yield text.codePointCount(0, text.length()) <= Limits.MAX_REF_CHARS;
          }
          case INTEGER -> end(Field.REF) - start(Field.REF) <= Limits.MAX_REF_CHARS;
          default -> false;
        };
    if (!fits) {
      fail(Field.REF, "invalid.ref", Limits.MAX_REF_CHARS);
      return null;
    }
    ref = copy(Field.REF);
    return ref;
  }

  /** True where the field has a value other than null. */
  boolean has(Field field) {
    return kind(field) > NULL;
  }

  boolean is(Field field, byte kind) {
    return kind(field) == kind;
  }

  /** The bytes of the value, whatever it is, null included; null where the field was left out. */
  @Nullable RawJson raw(Field field) {
    return kind(field) == 0 ? null : copy(field);
  }

  /** The bytes of the value, whatever it is; null where the field was left out or is null. */
  @Nullable RawJson rawUnlessNull(Field field) {
    return has(field) ? copy(field) : null;
  }

  /**
   * The bytes of a string with its quotes, whose text has from {@code min} to {@code max} UTF-8
   * bytes.
   */
  @Nullable RawJson rawText(Field field, int min, int max) {
    if (!has(field)) {
      return null;
    }
    if (!is(field, STRING)) {
      fail(field, "invalid.string");
      return null;
    }
    int from = start(field) + 1;
    int to = end(field) - 1;
    int bytes = mayEscape() ? Utf8.decodedLength(buffer, from, to) : to - from;
    if (bytes < min || bytes > max) {
      fail(field, "invalid.bytes", min, max);
      return null;
    }
    return copy(field);
  }

  /** A string of any length; null where left out. */
  @Nullable String text(Field field) {
    if (!has(field)) {
      return null;
    }
    if (!is(field, STRING)) {
      fail(field, "invalid.string");
      return null;
    }
    return string(field);
  }

  /** A string of one to {@code max} characters; null where left out. */
  @Nullable String text(Field field, int max) {
    String text = text(field);
    if (text != null && (text.isEmpty() || text.codePointCount(0, text.length()) > max)) {
      fail(field, "invalid.length", max);
    }
    return text;
  }

  /** A string that has to be there. */
  String requiredText(Field field) {
    return required(field, text(field), "");
  }

  /** A string of one to {@code max} characters that has to be there. */
  String requiredText(Field field, int max) {
    return required(field, text(field, max), "");
  }

  /** What is {@code value} unless that is null, which is a problem. */
  <T> T required(Field field, @Nullable T value, T inItsPlace) {
    if (value == null) {
      fail(field, "invalid.missing");
      return inItsPlace;
    }
    return value;
  }

  /** An integer within bounds; null where left out. */
  @Nullable Long integer(Field field, long min, long max) {
    return has(field) ? Long.valueOf(integer(field, min, max, 0)) : null;
  }

  /** An integer within bounds; {@code fallback} where left out. */
  long integer(Field field, long min, long max, long fallback) {
    if (!has(field)) {
      return fallback;
    }
    if (!is(field, INTEGER) || !Bytes.isLong(buffer, start(field), end(field))) {
      fail(field, "invalid.integer", min, max);
      return fallback;
    }
    long value = Bytes.toLong(buffer, start(field), end(field));
    if (value < min || value > max) {
      fail(field, "invalid.integer", min, max);
    }
    return value;
  }

  /** An integer within bounds that has to be there. */
  long requiredInteger(Field field, long min, long max) {
    if (!has(field)) {
      fail(field, "invalid.missing");
    }
    return integer(field, min, max, min);
  }

  /** True or false; {@code fallback} where left out. */
  boolean flag(Field field, boolean fallback) {
    return switch (kind(field)) {
      case TRUE -> true;
      case FALSE -> false;
      case 0, NULL -> fallback;
      default -> {
        fail(field, "invalid.boolean");
        yield fallback;
      }
    };
  }

  /** The elements of an array of strings; null where left out. */
  @Nullable List<String> texts(Field field) {
    if (!hasArray(field)) {
      return null;
    }
    List<String> list = new ArrayList<>();
    JsonCursor cursor = JsonCursor.take();
    cursor.enter(buffer, start(field), end(field));
    while (cursor.nextText()) {
      list.add(cursor.getString());
    }
    if (cursor.isAtArrayEnd()) {
      cursor.giveBack();
    } else {
      fail(field, "invalid.strings");
    }
    return list;
  }

  /** The elements of an array of objects, each made by {@code maker}; empty where left out. */
  <T> List<T> objects(Field field, Function<Fields, T> maker) {
    if (!hasArray(field)) {
      return List.of();
    }
    List<T> list = new ArrayList<>();
    Fields element = new Fields();
    JsonCursor cursor = JsonCursor.take();
    cursor.enter(buffer, start(field), end(field));
    while (cursor.nextObject(element)) {
      list.add(maker.apply(element));
      if (element.problem != null) {
        fail(element.problem);
      }
    }
    if (cursor.isAtArrayEnd()) {
      cursor.giveBack();
    } else {
      fail(field, "invalid.objects");
    }
    return list;
  }

  /** The members of an object whose values are all integers from 0 up; empty where left out. */
  Map<String, Long> counters(Field field) {
    if (!has(field)) {
      return Map.of();
    }
    if (!is(field, OBJECT)) {
      fail(field, "invalid.counters");
      return Map.of();
    }
    Map<String, Long> map = new LinkedHashMap<>();
    JsonCursor cursor = JsonCursor.take();
    cursor.enter(buffer, start(field), end(field));
    for (String key = cursor.nextName(); key != null; key = cursor.nextName()) {
      long count = cursor.nextCount();
      if (count < 0) {
        fail(field, "invalid.counters");
        return map;
      }
      map.put(key, count);
    }
    cursor.giveBack();
    return map;
  }

  /**
   * The object in a field, whose own problems are the caller's to ask for; null where there is
   * none.
   */
  @Nullable Fields object(Field field) {
    if (!has(field)) {
      return null;
    }
    if (!is(field, OBJECT)) {
      fail(field, "invalid.object");
      return null;
    }
    Fields inner = new Fields();
    JsonCursor cursor = JsonCursor.take();
    cursor.readObject(buffer, start(field), end(field), inner);
    cursor.giveBack();
    return inner;
  }

  private boolean hasArray(Field field) {
    if (has(field) && !is(field, ARRAY)) {
      fail(field, "invalid.array");
      return false;
    }
    return has(field);
  }

  private byte kind(Field field) {
    return kinds[field.ordinal()];
  }

  private int start(Field field) {
    return starts[field.ordinal()];
  }

  private int end(Field field) {
    return ends[field.ordinal()];
  }

  private boolean mayEscape() {
    return (flags & Bytes.BACKSLASH) != 0;
  }

  private String string(Field field) {
    int from = start(field) + 1;
    int to = end(field) - 1;
    if (mayEscape() && Bytes.contains(buffer, from, to, '\\')) {
      return Json.text(copy(field));
    }
    return new String(buffer, from, to - from, UTF_8);
  }

  private RawJson copy(Field field) {
    byte[] bytes = Arrays.copyOfRange(buffer, start(field), end(field));
    if ((flags & Bytes.CARRIAGE_RETURN) != 0) {
      Bytes.replaceLineBreaks(bytes);
    }
    return new RawJson(bytes);
  }

  /** A stranger's word as it may stand in a sentence. */
  static String shorten(String text) {
    if (text.length() <= SHOWN_CHARS) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(SHOWN_CHARS - 1)) ? SHOWN_CHARS - 1 : SHOWN_CHARS;
    return text.substring(0, end) + "…";
  }
}
