package mutirao.server.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Frame;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;

/** Which frames and error codes stories have used. */
final class Coverage implements Witness {
  private final Set<Class<?>> frames = new HashSet<>();
  private final Set<ErrorCode> errors = new HashSet<>();
  private final Map<String, FrameReader<ClientFrame>> clients = new HashMap<>();

  @Override
  public void sent(String who, byte[] bytes) {
    clients
        .computeIfAbsent(who, _ -> new FrameReader<>(FrameDecoder.client(), Limits.MAX_FRAME_BYTES))
        .feed(bytes, 0, bytes.length, new Noting<>());
  }

  @Override
  public void heard(String frame) {
    byte[] line = (frame + "\n").getBytes(UTF_8);
    FrameReader<ServerFrame> reader =
        new FrameReader<>(FrameDecoder.server(), Limits.MAX_FRAME_BYTES);
    reader.feed(line, 0, line.length, new Noting<>());
  }

  /** The records of {@link ClientFrame} and {@link ServerFrame} that went over the wire. */
  Set<Class<?>> frames() {
    return Collections.unmodifiableSet(frames);
  }

  /** The codes of the errors that were heard. */
  Set<ErrorCode> errors() {
    return Collections.unmodifiableSet(errors);
  }

  private final class Noting<F extends Frame> implements FrameReader.Sink<F> {
    @Override
    public void frame(F frame) {
      frames.add(frame.getClass());
      if (frame instanceof ServerFrame.Error error) {
        errors.add(error.code());
      }
    }

    @Override
    public void problem(Problem problem) {
      // Stories send broken frames on purpose; what the server says of them is what counts.
    }
  }
}
