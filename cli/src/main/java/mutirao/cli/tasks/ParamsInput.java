package mutirao.cli.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;

/** Params from the outside: an option's value, or standard input. */
public final class ParamsInput {
  /**
   * The longest frame that any server can be told to take; what this one takes, which is usually
   * less, is known once there is a connection.
   */
  public static final int MAX_BYTES = 64 * 1024 * 1024;

  private ParamsInput() {}

  /**
   * JSON as it was typed.
   *
   * @throws NotJsonException where it is none
   */
  public static RawJson json(String text) throws NotJsonException {
    try {
      return Json.of(text);
    } catch (IllegalArgumentException e) {
      throw new NotJsonException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * All of {@code in}. For the built-in operations on text it may be the text itself: it is taken
   * as params only where it is a JSON object with a field {@code text}.
   *
   * @throws NotJsonException where an operation that needs JSON gets something else
   * @throws CharacterCodingException where it is not UTF-8
   * @throws InputTooLargeException where no frame could carry it
   */
  public static Object read(String operation, InputStream in)
      throws IOException, NotJsonException, InputTooLargeException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new InputTooLargeException();
    }
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (Params.isTextual(operation) && !isParamsOfText(text)) {
      return Params.text(text);
    }
    return json(text);
  }

  private static boolean isParamsOfText(String input) {
    if (!input.stripLeading().startsWith("{")) {
      return false;
    }
    try {
      return Json.parse(RawJson.of(input)) instanceof Map<?, ?> map && map.containsKey(Params.TEXT);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Input that is not what it should be. */
  public static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message, null, false, false);
    }
  }
}
