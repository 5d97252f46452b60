package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Frame;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;

/** What is written is read as the same again, in one piece and in any pieces. */
final class RoundTripTest {
  private static final int FRAMES = 2_000;

  @Test
  void clientFramesComeBackEqual() {
    Generated generated = new Generated(1);
    assertRoundTrips(FrameDecoder.client(), generated::clientFrame, ClientFrame.class);
  }

  @Test
  void serverFramesComeBackEqual() {
    Generated generated = new Generated(2);
    assertRoundTrips(FrameDecoder.server(), generated::serverFrame, ServerFrame.class);
  }

  private static <F extends Frame> void assertRoundTrips(
      FrameDecoder<F> decoder, Supplier<F> source, Class<F> side) {
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < FRAMES; i++) {
      F frame = source.get();
      String line = FrameWriter.toText(frame);
      assertEquals(-1, line.indexOf('\n'), line);
      assertEquals(List.of(frame), inOnePiece(decoder, line + "\n").all, line);
      kinds.add(frame.getClass());
    }
    Set<Class<?>> all = new HashSet<>(Arrays.asList(side.getPermittedSubclasses()));
    assertEquals(all, kinds);
  }

  @Test
  void aFrameCutAnywhereIsTheSameFrame() {
    Generated generated = new Generated(3);
    for (int i = 0; i < 50; i++) {
      ClientFrame first = generated.clientFrame();
      ClientFrame second = generated.clientFrame();
      String end = i % 3 == 0 ? "\n" : i % 3 == 1 ? "\r\n" : "";
      byte[] bytes =
          (FrameWriter.toText(first) + end + FrameWriter.toText(second) + end).getBytes(UTF_8);
      for (int cut = 0; cut <= bytes.length; cut++) {
        assertEquals(
            List.of(first, second), Heard.inPieces(FrameDecoder.client(), bytes, 1 << 20, cut).all);
      }
      assertEquals(
          List.of(first, second), Heard.byteByByte(FrameDecoder.client(), bytes, 1 << 20).all);
    }
  }

  private static <F extends Frame> Heard<F> inOnePiece(FrameDecoder<F> decoder, String text) {
    return Heard.inOnePiece(decoder, text.getBytes(UTF_8), 1 << 20);
  }
}
