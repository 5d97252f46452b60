package mutirao.client.link;

import mutirao.protocol.ClientFrame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;

/** Frames as they go out. */
public final class Lines {
  /** Asks for a sign of life. */
  static final byte[] PING = of(new ClientFrame.Ping(null));

  /** Answers the server's own ping. */
  public static final byte[] PONG = of(new ClientFrame.Pong(null));

  static final byte[] QUIT = of(new ClientFrame.Quit(null));

  private static final int USUAL_BYTES = 256;

  private Lines() {}

  /** One line, with its newline. */
  public static byte[] of(ClientFrame frame) {
    ByteSink line = new ByteSink(USUAL_BYTES);
    FrameWriter.write(frame, line);
    return line.toByteArray();
  }
}
