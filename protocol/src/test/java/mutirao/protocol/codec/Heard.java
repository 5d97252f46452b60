package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Frame;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;

/** What a reader reported, frames and problems in one list in their order. */
final class Heard<F extends Frame> implements FrameReader.Sink<F> {
  final List<Object> all = new ArrayList<>();

  @Override
  public void frame(F frame) {
    all.add(frame);
  }

  @Override
  public void problem(Problem problem) {
    all.add(problem);
  }

  List<Frame> frames() {
    return all.stream().filter(Frame.class::isInstance).map(Frame.class::cast).toList();
  }

  List<Problem> problems() {
    return all.stream().filter(Problem.class::isInstance).map(Problem.class::cast).toList();
  }

  /** What a server hears when a client sends {@code text} in one piece. */
  static Heard<ClientFrame> fromClient(String text) {
    return fromClient(text.getBytes(UTF_8));
  }

  static Heard<ClientFrame> fromClient(byte[] bytes) {
    return inOnePiece(FrameDecoder.client(), bytes, Limits.MAX_FRAME_BYTES);
  }

  /** What a client hears when a server sends {@code text} in one piece. */
  static Heard<ServerFrame> fromServer(String text) {
    return inOnePiece(FrameDecoder.server(), text.getBytes(UTF_8), Limits.MAX_FRAME_BYTES);
  }

  static <F extends Frame> Heard<F> inOnePiece(
      FrameDecoder<F> decoder, byte[] bytes, int maxFrameBytes) {
    Heard<F> heard = new Heard<>();
    new FrameReader<>(decoder, maxFrameBytes).feed(bytes, 0, bytes.length, heard);
    return heard;
  }

  /**
   * Like {@link #inOnePiece}, but the bytes come in pieces that end at each of {@code cuts} and at
   * the end.
   */
  static <F extends Frame> Heard<F> inPieces(
      FrameDecoder<F> decoder, byte[] bytes, int maxFrameBytes, int... cuts) {
    Heard<F> heard = new Heard<>();
    FrameReader<F> reader = new FrameReader<>(decoder, maxFrameBytes);
    int from = 0;
    for (int cut : cuts) {
      reader.feed(bytes, from, cut - from, heard);
      from = cut;
    }
    reader.feed(bytes, from, bytes.length - from, heard);
    return heard;
  }

  /** Like {@link #inOnePiece}, but byte by byte, each in an array of its own. */
  static <F extends Frame> Heard<F> byteByByte(
      FrameDecoder<F> decoder, byte[] bytes, int maxFrameBytes) {
    Heard<F> heard = new Heard<>();
    FrameReader<F> reader = new FrameReader<>(decoder, maxFrameBytes);
    for (byte value : bytes) {
      reader.feed(new byte[] {value}, 0, 1, heard);
    }
    return heard;
  }
}
