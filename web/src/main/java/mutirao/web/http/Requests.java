package mutirao.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** What a request says, checked; and what it is answered. */
public final class Requests {
  /** Longer than the server takes to find out that it cannot answer. */
  private static final long ANSWER_WITHIN_MS = 15_000;

  private static final long MAX_WAIT_MS = 60_000;
  private static final Pattern WAIT = Pattern.compile("(\\d{1,6})(ms|s)?");
  private static final int MS_A_SECOND = 1000;

  private Requests() {}

  /** The language in which to answer. */
  public static Locale language(Context context) {
    return language(context.header("Accept-Language"));
  }

  /** Of the languages that a header asks for the one it likes best and there is; else English. */
  public static Locale language(@Nullable String wanted) {
    if (wanted != null) {
      try {
        for (Locale.LanguageRange range : Locale.LanguageRange.parse(wanted)) {
          Locale known = Messages.locale(range.getRange());
          boolean asked = range.getRange().startsWith(known.getLanguage());
          if (asked && range.getWeight() > 0) {
            return known;
          }
        }
      } catch (IllegalArgumentException e) {
        // No list of languages.
      }
    }
    return Messages.DEFAULT;
  }

  /** Waits for what the server answers. */
  public static <T> T await(Context context, CompletableFuture<T> answer) {
    try {
      return answer.get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unavailable(language(context));
    } catch (TimeoutException e) {
      throw Problems.unavailable(language(context));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The body as JSON on one line, checked. */
  public static RawJson json(Context context) {
    byte[] body = context.bodyAsBytes();
    if (body.length == 0) {
      return RawJson.EMPTY_OBJECT;
    }
    try {
      return Json.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().strip());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new ApiException(
          language(context), Problem.of(null, ErrorCode.MALFORMED, "malformed.body"));
    }
  }

  /** The body as an object. */
  @SuppressWarnings("unchecked") // Json makes no other maps.
  public static Map<String, @Nullable Object> object(Context context) {
    if (Json.parse(json(context)) instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new ApiException(
        language(context), Problem.of(null, ErrorCode.MALFORMED, "malformed.body"));
  }

  /** A text of the body's; null where it is left out. */
  public static @Nullable String text(
      Context context, Map<String, @Nullable Object> body, String field) {
    Object value = body.get(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw Problems.invalid(language(context), field, "invalid.string");
  }

  /** A whole number of the query's; {@code otherwise} where it is left out. */
  public static long number(Context context, String field, long least, long most, long otherwise) {
    String text = context.queryParam(field);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problems.invalid(language(context), field, "invalid.integer", least, most);
  }

  /** A text of the query's; null where it is left out or empty. */
  public static @Nullable String query(Context context, String field) {
    String text = context.queryParam(field);
    return text == null || text.isEmpty() ? null : text;
  }

  /** How long {@code wait} says to wait for a result, milliseconds; 0: not at all. */
  public static long waitMs(Context context) {
    String text = query(context, "wait");
    if (text == null) {
      return 0;
    }
    Matcher matcher = WAIT.matcher(text);
    if (!matcher.matches()) {
      throw Problems.invalid(language(context), "wait", "invalid.wait");
    }
    long number = Long.parseLong(matcher.group(1));
    long ms = "ms".equals(matcher.group(2)) ? number : number * MS_A_SECOND;
    return Math.min(ms, MAX_WAIT_MS);
  }

  /** Answers. */
  public static void answer(Context context, int status, JsonObject object) {
    answer(context, status, object.toJson());
  }

  /** Answers. */
  public static void answer(Context context, int status, RawJson json) {
    context.status(status).result(json.bytes());
    context.contentType("application/json");
  }
}
