package mutirao.bench.wire;

/**
 * What one connection says and understands. All methods are called by the thread that turns the
 * {@link Loop}; none may block.
 */
public interface Role {

  /** The connection stands; the place to send a greeting. */
  default void opened(Connection connection) {}

  /**
   * Bytes arrived. What is not consumed is handed in again, with more behind it.
   *
   * @return the index up to which the bytes are consumed, between {@code from} and {@code to}
   */
  int received(Connection connection, byte[] bytes, int from, int to);

  /** The other side closed the connection, or it broke; {@code reason} is for people. */
  void closed(Connection connection, String reason);
}
