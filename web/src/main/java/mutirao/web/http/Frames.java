package mutirao.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.out.ByteSink;
import org.jspecify.annotations.Nullable;

/** Bodies as frames: what holds for a frame's fields holds for a body's, with the same words. */
public final class Frames {
  private Frames() {}

  /**
   * Makes the frame of a type whose fields are those of {@code body}, byte for byte.
   *
   * @param body a JSON object on one line; may not have a {@code type} or {@code ref} of its own
   * @param maxBytes what a frame may have: what is longer, nobody else could be told
   */
  public static <F extends ClientFrame> F of(
      String type, RawJson ref, RawJson body, Class<F> kind, int maxBytes, Locale language) {
    byte[] fields = body.bytes();
    if (fields.length < 2 || fields[0] != '{') {
      throw malformed(language);
    }
    if (fields.length > maxBytes) {
      throw new ApiException(
          language, Problem.of(null, ErrorCode.TOO_LARGE, "too_large", maxBytes));
    }
    ByteSink line = new ByteSink(fields.length + 64);
    write(line, "{\"type\":\"" + type + "\",\"ref\":" + ref);
    line.write(isEmpty(fields) ? ' ' : ',');
    line.write(fields, 1, fields.length - 1);
    line.write('\n');
    Read read = new Read();
    FrameReader<ClientFrame> reader = new FrameReader<>(FrameDecoder.client(), Integer.MAX_VALUE);
    reader.feed(line.array(), 0, line.size(), read);
    if (read.problem != null) {
      throw new ApiException(language, read.problem);
    }
    if (read.frame == null) {
      throw malformed(language);
    }
    return kind.cast(read.frame);
  }

  private static ApiException malformed(Locale language) {
    return new ApiException(language, Problem.of(null, ErrorCode.MALFORMED, "malformed.body"));
  }

  private static void write(ByteSink line, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    line.write(bytes, 0, bytes.length);
  }

  private static boolean isEmpty(byte[] object) {
    for (int at = 1; at < object.length - 1; at++) {
      if (object[at] != ' ' && object[at] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static final class Read implements FrameReader.Sink<ClientFrame> {
    private @Nullable ClientFrame frame;
    private @Nullable Problem problem;

    @Override
    public void frame(ClientFrame heard) {
      frame = heard;
    }

    @Override
    public void problem(Problem heard) {
      problem = problem == null ? heard : problem;
    }
  }
}
