package mutirao.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mutirao.protocol.Frame;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;

/**
 * What comes over a connection: in pieces it says the same as whole, every problem can be told, and
 * every frame is the same frame once it has been written and read again. The first byte says who
 * reads, the second how long the pieces are.
 */
public final class FrameFuzz {
  private static final int MOST = 4096;
  private static final int HEAD = 2;

  private FrameFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > HEAD) {
      byte[] bytes = Arrays.copyOfRange(data, HEAD, data.length);
      if ((data[0] & 1) == 0) {
        check(FrameDecoder.client(), bytes, 1 + (data[1] & 0xff));
      } else {
        check(FrameDecoder.server(), bytes, 1 + (data[1] & 0xff));
      }
    }
  }

  private static <F extends Frame> void check(FrameDecoder<F> decoder, byte[] bytes, int piece) {
    List<Object> whole = heard(decoder, bytes, bytes.length);
    if (!whole.equals(heard(decoder, bytes, piece))) {
      throw new IllegalStateException("in pieces of " + piece + " it says something else");
    }
    for (Object one : whole) {
      if (one instanceof Problem problem) {
        Messages.error(Locale.ENGLISH, problem);
      } else if (one instanceof Frame frame) {
        ByteSink line = new ByteSink(MOST);
        FrameWriter.write(frame, line);
        byte[] written = Arrays.copyOf(line.array(), line.size());
        List<Object> again = heard(decoder, written, written.length);
        if (!again.equals(List.of(frame))) {
          throw new IllegalStateException(frame + " comes back as " + again);
        }
      }
    }
  }

  private static <F extends Frame> List<Object> heard(
      FrameDecoder<F> decoder, byte[] bytes, int piece) {
    List<Object> heard = new ArrayList<>();
    FrameReader<F> reader = new FrameReader<>(decoder, MOST);
    FrameReader.Sink<F> sink =
        new FrameReader.Sink<>() {
          @Override
          public void frame(F frame) {
            heard.add(frame);
          }

          @Override
          public void problem(Problem problem) {
            heard.add(problem);
          }
        };
    for (int at = 0; at < bytes.length; at += piece) {
      reader.feed(bytes, at, Math.min(piece, bytes.length - at), sink);
    }
    return heard;
  }
}
