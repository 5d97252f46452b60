package mutirao.server.story.wire;

/** A server and the clients of one story, each known by its name in the story. */
public interface Wire extends AutoCloseable {

  /** What {@link #next} says where the server has closed the connection. */
  String CLOSED = "closed";

  /** What {@link #next} says where there is nothing to hear. */
  String NOTHING = "nothing more";

  /** Opens a connection. */
  void connect(String who);

  /** Sends bytes. */
  void send(String who, byte[] bytes);

  /**
   * The next frame the client was sent, without its newline; or {@link #CLOSED}, or {@link
   * #NOTHING} where, with some patience, nothing comes.
   */
  String next(String who);

  /** Like {@link #next}, once everything that was sent so far has taken effect; never waits. */
  String now(String who);

  /** Cuts the client's connection. */
  void hangUp(String who);

  /** Closes the client's side of the connection only. */
  void endInput(String who);

  /** Lets the client leave what it is sent unread, or read it again. */
  void reading(String who, boolean reads);

  /** Moves the server's clock on, in small steps, letting it act at each. */
  void pass(long ms);

  /** Shuts the server down in good order. */
  void shutDown();

  @Override
  void close();
}
