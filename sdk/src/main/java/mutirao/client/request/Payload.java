package mutirao.client.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** Values of users on their way into frames. */
public final class Payload {
  private static final String ELLIPSIS = "…";

  private Payload() {}

  /**
   * A value as JSON that may stand inside a frame. What is broken or nested too deep is found here,
   * where the caller hears of it, and not by a server that cannot tell whose frame it was.
   *
   * @throws IllegalArgumentException where it has no such form
   */
  public static RawJson of(@Nullable Object value) {
    return switch (value) {
      case null -> Json.write(null);
      case CharSequence text -> Json.write(text);
      case Number number -> Json.write(number);
      case Boolean bool -> Json.write(bool);
      case RawJson raw -> inside(raw);
      default -> inside(Json.write(value));
    };
  }

  private static RawJson inside(RawJson raw) {
    byte[] nested = Json.of("[" + raw + "]").bytes();
    byte[] bytes = Arrays.copyOfRange(nested, 1, nested.length - 1);
    // "1,2" would pass as well, as the inside of an array.
    Json.of(new String(bytes, UTF_8));
    return new RawJson(bytes);
  }

  /** A text for people cut to what a frame takes, as a JSON string. */
  public static RawJson note(String text) {
    return Json.string(shorten(text));
  }

  private static String shorten(String text) {
    if (text.length() <= Limits.MAX_NOTE_BYTES / 4
        || text.getBytes(UTF_8).length <= Limits.MAX_NOTE_BYTES) {
      return text;
    }
    int bytes = ELLIPSIS.getBytes(UTF_8).length;
    int end = 0;
    while (true) {
      int point = text.codePointAt(end);
      bytes += Character.toString(point).getBytes(UTF_8).length;
      if (bytes > Limits.MAX_NOTE_BYTES) {
        return text.substring(0, end) + ELLIPSIS;
      }
      end += Character.charCount(point);
    }
  }
}
