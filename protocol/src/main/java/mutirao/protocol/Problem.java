package mutirao.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something that came in was turned down, before it is put into words.
 *
 * @param key the sentence in the resource bundle, see {@link Messages}
 * @param arguments what the sentence is filled with
 * @param field the frame's field that is wrong
 * @param position byte offset within the line, for {@code malformed}
 * @param ref what the client put into {@code ref}, where it could be read
 */
public record Problem(
    ErrorCode code,
    String key,
    List<Object> arguments,
    @Nullable String field,
    @Nullable Long position,
    @Nullable RawJson ref) {

  /** A problem with no field and no position. */
  public static Problem of(@Nullable RawJson ref, ErrorCode code, String key, Object... arguments) {
    return new Problem(code, key, List.of(arguments), null, null, ref);
  }

  /** A problem with one field. */
  public static Problem field(
      @Nullable RawJson ref, ErrorCode code, String field, String key, Object... arguments) {
    return new Problem(code, key, List.of(arguments), field, null, ref);
  }
}
