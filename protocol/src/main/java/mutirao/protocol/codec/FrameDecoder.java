package mutirao.protocol.codec;

import mutirao.protocol.ClientFrame;
import mutirao.protocol.Frame;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object to one frame. Stateless and thread-safe.
 *
 * @param <F> the side of the conversation that is read
 */
public abstract sealed class FrameDecoder<F extends Frame>
    permits ClientFrameDecoder, ServerFrameDecoder {

  FrameDecoder() {}

  /** The decoder of what clients send, which checks every value. */
  public static FrameDecoder<ClientFrame> client() {
    return ClientFrameDecoder.INSTANCE;
  }

  /** The decoder of what servers send; frames of a type it does not know are passed over. */
  public static FrameDecoder<ServerFrame> server() {
    return ServerFrameDecoder.INSTANCE;
  }

  /**
   * Makes the frame that {@code fields} describe. Where a value is wrong, {@link Fields#problem()}
   * says so afterwards and what is returned does not count.
   *
   * @return null for a frame to be passed over
   */
  abstract @Nullable F decode(Fields fields);
}
