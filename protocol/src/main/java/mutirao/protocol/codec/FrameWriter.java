package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import mutirao.protocol.Archived;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Frame;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.out.ByteSink;

/** Frames to lines. Stateless and thread-safe. */
public final class FrameWriter {

  private FrameWriter() {}

  /** Appends {@code frame} as exactly one line, ended by one newline. */
  public static void write(Frame frame, ByteSink out) {
    switch (frame) {
      case ServerFrame server -> ServerFrameWriter.write(server, new ObjectWriter(out));
      case ClientFrame client -> ClientFrameWriter.write(client, new ObjectWriter(out));
    }
    out.write('\n');
  }

  /** The line as text, without its newline; for people and tests. */
  public static String toText(Frame frame) {
    ByteSink out = new ByteSink(256);
    write(frame, out);
    return new String(out.array(), 0, out.size() - 1, UTF_8);
  }

  /** One thing found, as it stands in {@code found}. */
  public static String toText(Archived one) {
    ByteSink out = new ByteSink(256);
    ObjectWriter object = new ObjectWriter(out);
    ServerFrameWriter.archived(object, one);
    object.end();
    return new String(out.array(), 0, out.size(), UTF_8);
  }
}
