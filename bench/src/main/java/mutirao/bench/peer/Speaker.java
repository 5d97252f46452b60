package mutirao.bench.peer;

import java.util.List;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Door;
import mutirao.bench.wire.Role;

/**
 * A connection of the load generator: it greets, works and says goodbye in the words of one peer.
 */
public interface Speaker extends Role {

  /** Where it connects. */
  default Door door(RunningServer server) {
    return Door.open(server.address());
  }

  /** Says goodbye where the peer has a word for it; the connection is closed once that is sent. */
  default void leave(Connection connection) {}

  /** Hands in tasks. */
  interface Submitter extends Speaker {
    /**
     * The connections it needs beside its own, where one carries a single task at a time; each is
     * greeted as everybody.
     *
     * @param window most tasks it will have outstanding
     */
    default List<Speaker> lanes(int window) {
      return List.of();
    }

    /** Appends one task with the payload of {@code sequence} to what is sent next. */
    void submit(Connection connection, long sequence);
  }

  /** Sends messages to all members. */
  interface Publisher extends Speaker {
    /** Appends one message with the payload of {@code sequence} to what is sent next. */
    void publish(Connection connection, long sequence);
  }
}
