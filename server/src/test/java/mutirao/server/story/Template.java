package mutirao.server.story;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * JSON with holes: {@code *} stands for any value, {@code *name} keeps it, {@code $name} is what
 * was kept, {@code ...} stands for further members. A {@code *} inside a string stands for any
 * text.
 */
final class Template {
  private static final String HOLE = "\u0001";
  private static final String MORE = "\u0002";

  private final Map<String, @Nullable Object> captured;

  /** Templates that share what they keep. */
  Template(Map<String, @Nullable Object> captured) {
    this.captured = captured;
  }

  /** The text with what was kept in place of each {@code $name}. */
  String fill(String text) {
    return rewrite(text, false);
  }

  /** Why a frame does not look like the template; null where it does. */
  @Nullable String mismatch(String template, String frame) {
    Object expected = Json.parse(RawJson.of(rewrite(template, true)));
    return mismatch("", expected, Json.parse(RawJson.of(frame)));
  }

  private String rewrite(String text, boolean holes) {
    StringBuilder out = new StringBuilder();
    Deque<Character> open = new ArrayDeque<>();
    for (int at = 0; at < text.length(); ) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '"') {
        end = stringEnd(text, at);
        out.append(text, at, end);
      } else if (c == '$') {
        end = wordEnd(text, at + 1);
        out.append(kept(text.substring(at + 1, end)));
      } else if (holes && c == '*') {
        end = wordEnd(text, at + 1);
        String name = text.substring(at + 1, end);
        out.append(Json.write(Map.of(HOLE, name)));
      } else if (holes && text.startsWith("...", at)) {
        end = at + 3;
        String more = Json.string(MORE).toString();
        out.append(Objects.equals(open.peek(), '{') ? more + ":true" : more);
      } else {
        follow(open, c);
        out.append(c);
      }
      at = end;
    }
    return out.toString();
  }

  private static void follow(Deque<Character> open, char c) {
    switch (c) {
      case '{', '[' -> open.push(c);
      case '}', ']' -> open.poll();
      default -> {}
    }
  }

  private static int stringEnd(String text, int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), at + 1);
  }

  private static int wordEnd(String text, int start) {
    int at = start;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return at;
  }

  private String kept(String name) {
    if (!captured.containsKey(name)) {
      throw new IllegalArgumentException("nothing was kept as $" + name);
    }
    return Json.write(captured.get(name)).toString();
  }

  private @Nullable String mismatch(
      String path, @Nullable Object expected, @Nullable Object actual) {
    return switch (expected) {
      case Map<?, ?> hole when hole.containsKey(HOLE) -> {
        String name = String.valueOf(hole.get(HOLE));
        if (!name.isEmpty()) {
          captured.put(name, actual);
        }
        yield null;
      }
      case Map<?, ?> members ->
          actual instanceof Map<?, ?> found
              ? objects(path, members, found)
              : differs(path, "an object", actual);
      case List<?> elements ->
          actual instanceof List<?> found
              ? arrays(path, elements, found)
              : differs(path, "an array", actual);
      case String text when text.contains("*") ->
          actual instanceof String found && glob(text).matcher(found).matches()
              ? null
              : differs(path, text, actual);
      case null, default ->
          Objects.equals(expected, actual) ? null : differs(path, expected, actual);
    };
  }

  private @Nullable String objects(String path, Map<?, ?> expected, Map<?, ?> actual) {
    for (Map.Entry<?, ?> member : expected.entrySet()) {
      String at = path + "." + member.getKey();
      if (MORE.equals(member.getKey())) {
        continue;
      }
      if (!actual.containsKey(member.getKey())) {
        return at + " is missing";
      }
      String mismatch = mismatch(at, member.getValue(), actual.get(member.getKey()));
      if (mismatch != null) {
        return mismatch;
      }
    }
    if (!expected.containsKey(MORE)) {
      for (Object key : actual.keySet()) {
        if (!expected.containsKey(key)) {
          return path + "." + key + " is not expected";
        }
      }
    }
    return null;
  }

  private @Nullable String arrays(String path, List<?> expected, List<?> actual) {
    boolean more = !expected.isEmpty() && MORE.equals(expected.getLast());
    int count = more ? expected.size() - 1 : expected.size();
    if (actual.size() < count || (!more && actual.size() > count)) {
      return path + " has " + actual.size() + " elements instead of " + count;
    }
    for (int i = 0; i < count; i++) {
      String mismatch = mismatch(path + "[" + i + "]", expected.get(i), actual.get(i));
      if (mismatch != null) {
        return mismatch;
      }
    }
    return null;
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  private static String differs(String path, @Nullable Object expected, @Nullable Object actual) {
    return path + " is " + actual + " instead of " + expected;
  }
}
