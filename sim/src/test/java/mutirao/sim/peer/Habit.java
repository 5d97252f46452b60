package mutirao.sim.peer;

import java.util.Collection;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Something a peer likes to do, and how it reacts to what it hears. */
interface Habit {

  /** Does one thing by its own will. The peer is registered. */
  void act(SimPeer self);

  /** Brings what was begun to its end, and begins nothing. */
  default void finish(SimPeer self) {}

  /** Heard a frame; {@code asked} is what it answers, where it answers something. */
  default void hears(SimPeer self, ServerFrame frame, @Nullable ClientFrame asked) {}

  /** The peer is somebody, or {@code resumed} somebody again. */
  default void arrives(SimPeer self, boolean resumed) {}

  /** The connection is gone, and the answers to these with it. */
  default void loses(SimPeer self, Collection<ClientFrame> unanswered) {}

  /** The program died: it knows nothing any more. */
  default void forgets() {}

  /** What it still waits for once everything has calmed down; empty where for nothing. */
  default String waitsFor() {
    return "";
  }
}
