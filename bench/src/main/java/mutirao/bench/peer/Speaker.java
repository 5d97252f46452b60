package mutirao.bench.peer;

import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Role;

/**
 * A connection of the load generator: it greets, works and says goodbye in the words of one peer.
 */
public interface Speaker extends Role {

  /** Says goodbye where the peer has a word for it; the connection is closed once that is sent. */
  default void leave(Connection connection) {}

  /** Hands in tasks. */
  interface Submitter extends Speaker {
    /** Appends one task with the payload of {@code sequence} to what is sent next. */
    void submit(Connection connection, long sequence);
  }

  /** Sends messages to all members. */
  interface Publisher extends Speaker {
    /** Appends one message with the payload of {@code sequence} to what is sent next. */
    void publish(Connection connection, long sequence);
  }
}
