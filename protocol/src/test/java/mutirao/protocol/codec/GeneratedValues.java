package mutirao.protocol.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;

/** What frames are made of, from a seed. */
class GeneratedValues {
  private static final String[] SCRAPS = {
    "a", "Z", "0", " ", "\"", "\\", "/", "\b", "\f", "\n", "\r", "\t", "\0", "\u001f", "\u007f",
    "é", "ß", "日", "\u2028", "\uffff", "😀", "{", "}", "[", "]", ",", ":", "'"
  };
  private static final String[] NAME_SCRAPS = {"a", "Z", "0", ".", "_", "-", "é", "日", "𐐀", "Ж"};
  private static final String[] STATES = {
    "scheduled", "queued", "running", "done", "failed", "cancelled", "expired"
  };

  final Random random;

  GeneratedValues(long seed) {
    random = new Random(seed);
  }

  /** Any JSON value, now tightly written and now with white space wherever it may be. */
  RawJson value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> RawJson.of("null");
      case 1 -> RawJson.of(random.nextBoolean() ? "true" : "false");
      case 2 -> RawJson.of(Long.toString(random.nextLong()));
      case 3 ->
          RawJson.of(random.nextInt(100) + "." + random.nextInt(100) + "e-" + random.nextInt(400));
      case 4, 5 -> Json.string(text());
      case 6 ->
          RawJson.of(
              "["
                  + space()
                  + String.join(space() + "," + space(), list(() -> value(depth - 1).toString()))
                  + space()
                  + "]");
      default -> object(depth - 1);
    };
  }

  RawJson object(int depth) {
    List<String> members = new ArrayList<>();
    for (String key : list(this::text).stream().distinct().toList()) {
      members.add(Json.string(key) + space() + ":" + space() + value(depth));
    }
    return RawJson.of("{" + space() + String.join(",", members) + space() + "}");
  }

  String space() {
    return random.nextInt(4) == 0 ? " \t" : "";
  }

  RawJson error() {
    return RawJson.of(
        "{\"code\":\"c"
            + random.nextInt()
            + "\",\"extra\":"
            + value(1)
            + ",\"message\":"
            + message()
            + "}");
  }

  RawJson ref() {
    if (random.nextBoolean()) {
      return RawJson.of(Long.toString(random.nextLong()));
    }
    return Json.string(cut(text(), Limits.MAX_REF_CHARS));
  }

  RawJson message() {
    return Json.string("m" + text());
  }

  RawJson percent() {
    return RawJson.of(
        random.nextBoolean() ? Integer.toString(random.nextInt(101)) : random.nextInt(100) + ".5");
  }

  String text() {
    return scraps(SCRAPS, random.nextInt(12));
  }

  String name() {
    return scraps(NAME_SCRAPS, 1 + random.nextInt(20));
  }

  String room() {
    return random.nextBoolean() ? Limits.DEFAULT_ROOM : name();
  }

  String key() {
    return "k" + text();
  }

  String state() {
    return STATES[random.nextInt(STATES.length)];
  }

  Role role() {
    return Role.values()[random.nextInt(Role.values().length)];
  }

  int page() {
    return (int) between(1, Limits.MAX_PAGE);
  }

  int attempt() {
    return (int) between(1, Integer.MAX_VALUE);
  }

  long duration() {
    return between(1, Limits.MAX_DURATION_MS);
  }

  long count() {
    return between(0, Long.MAX_VALUE);
  }

  long between(long min, long max) {
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> Math.min(max, min + random.nextInt(100));
      default -> min + Math.floorMod(random.nextLong(), max - min);
    };
  }

  String scraps(String[] from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(from[random.nextInt(from.length)]);
    }
    return text.toString();
  }

  static String cut(String text, int maxChars) {
    return text.codePointCount(0, text.length()) <= maxChars ? text : "cut";
  }

  <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
