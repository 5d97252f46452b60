package mutirao.bench.peer;

import mutirao.bench.wire.Connection;

/**
 * How a member's stream is cut into frames, so that one can compare what all members got.
 * Stateless.
 */
public interface StreamFormat {

  /** The index behind the frame that begins at {@code from}, or -1 where it is not complete yet. */
  int frameEnd(byte[] bytes, int from, int to);

  /** The index of the payload in this complete frame, or -1 where it carries no message. */
  int payloadAt(byte[] bytes, int from, int to);

  /**
   * Handles a frame that carries no message, such as a ping.
   *
   * @return false where such a frame has no place in this workload
   */
  default boolean handleOther(Connection connection, byte[] bytes, int from, int to) {
    return false;
  }
}
