package mutirao.server.gateway.history;

import java.util.List;
import java.util.function.Consumer;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happened, keeps what it likes of it, and is asked for it. Called by the gateway's
 * thread.
 */
public interface History {

  /** Keeps nothing. */
  History NONE =
      new History() {
        @Override
        public void applied(List<Event> events, State state) {}

        @Override
        public void serving(State state) {}

        @Override
        public void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then) {
          Problem none = Problem.of(asked.ref(), ErrorCode.UNAVAILABLE, "unavailable.no_archive");
          then.accept(new Answer.Refused(none));
        }
      };

  /**
   * Who asks, and so what may be found: the directs and tasks of this name, or of all names of this
   * user, and what was said in these rooms. Whether it may ask for anybody's tasks was looked at
   * before.
   *
   * @param user who logged in; null: nobody, and the name is all there is
   */
  record Asker(String name, @Nullable String user, List<String> rooms) {}

  /** What came of a search. */
  sealed interface Answer {

    /** It found this, or nothing. */
    record Found(ServerFrame.Found frame) implements Answer {}

    /** Nothing was looked for. */
    record Refused(Problem problem) implements Answer {}
  }

  /**
   * The entry at {@code state.lastIndex()} took effect. Never takes long, once {@link #serving}.
   */
  void applied(List<Event> events, State state);

  /** The log has been replayed; users are about to be served. */
  void serving(State state);

  /**
   * Looks for something; never takes long by itself. {@code then} is called on the thread that
   * asks, at once or later.
   */
  void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then);
}
