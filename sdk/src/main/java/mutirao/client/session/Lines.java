package mutirao.client.session;

import mutirao.protocol.ClientFrame;
import mutirao.protocol.codec.ByteSink;
import mutirao.protocol.codec.FrameWriter;

/** Frames as they go out. */
final class Lines {
  static final byte[] PING = of(new ClientFrame.Ping(null));
  static final byte[] PONG = of(new ClientFrame.Pong(null));
  static final byte[] QUIT = of(new ClientFrame.Quit(null));

  private static final int USUAL_BYTES = 256;

  private Lines() {}

  static byte[] of(ClientFrame frame) {
    ByteSink line = new ByteSink(USUAL_BYTES);
    FrameWriter.write(frame, line);
    return line.toByteArray();
  }
}
