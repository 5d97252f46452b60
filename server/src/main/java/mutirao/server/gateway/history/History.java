package mutirao.server.gateway.history;

import java.util.List;
import mutirao.core.Event;
import mutirao.core.State;

/** Is told what happened, and keeps what it likes of it. Called by the gateway's thread. */
public interface History {

  /** Keeps nothing. */
  History NONE =
      new History() {
        @Override
        public void applied(List<Event> events, State state) {}

        @Override
        public void serving(State state) {}
      };

  /**
   * The entry at {@code state.lastIndex()} took effect. Never takes long, once {@link #serving}.
   */
  void applied(List<Event> events, State state);

  /** The log has been replayed; users are about to be served. */
  void serving(State state);
}
