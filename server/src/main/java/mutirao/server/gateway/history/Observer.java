package mutirao.server.gateway.history;

import java.util.List;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** Is told what happens, by the gateway's thread, which waits for it: it never takes long. */
public interface Observer {

  /** The entry at {@code state.lastIndex()} took effect. */
  void applied(List<Event> events, State state);

  /** A worker of this server showed how far an attempt is, and the log need not know. */
  default void progressed(
      long task, int attempt, @Nullable RawJson percent, @Nullable RawJson message) {}

  /** The state is another one, and nobody can be told how it came about. */
  default void replaced() {}
}
