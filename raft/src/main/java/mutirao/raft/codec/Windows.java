package mutirao.raft.codec;

import java.io.IOException;
import java.util.List;

/**
 * What a server made of its log, piece by piece, so that it can be compared with what others made.
 *
 * @param version {@link EventHash#VERSION} of the program that made it
 * @param whole whether the piece that is not over was seen from its beginning
 * @param open its hash so far
 * @param closed the newest pieces that are over, oldest first
 */
public record Windows(int version, boolean whole, long open, List<Window> closed) {

  /** Of a server that compares with nobody. */
  public static final Windows NONE = none(EventHash.VERSION);

  /** A piece of the log, up to the command at {@code position}. */
  public record Window(long position, long hash) {}

  /** The same of a program of another version. */
  public static Windows none(int version) {
    return new Windows(version, false, 0, List.of());
  }

  void write(Encoder out) throws IOException {
    out.number(version).flag(whole).fixed(open).number(closed.size());
    for (Window window : closed) {
      out.boundary();
      out.number(window.position()).fixed(window.hash());
    }
  }

  static Windows read(Decoder in) throws IOException {
    return new Windows(
        in.smallNumber(),
        in.flag(),
        in.fixed(),
        in.list(each -> new Window(each.number(), each.fixed())));
  }
}
