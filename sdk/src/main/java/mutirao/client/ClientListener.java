package mutirao.client;

import java.time.Duration;
import mutirao.protocol.ServerFrame;

/**
 * What a client is told without having asked. The callbacks of one client run one after the other
 * on a virtual thread that is only theirs, so they may block, and may call the client and wait for
 * its answers. Reading goes on meanwhile: up to {@link ClientOptions.Bounds#events()} events wait
 * for a slow listener, what comes on top is dropped and counted in {@link #onDropped}.
 *
 * <p>An exception that a callback throws is logged and stops nothing.
 */
public interface ClientListener {

  /** A listener that wants to hear nothing. */
  ClientListener NONE = new ClientListener() {};

  /** What happened to the connection. */
  sealed interface Connection {

    /** The first registration, or after a break a new session under the same name. */
    record Connected(String name, String session, String server) implements Connection {}

    /** The connection broke or a try failed; the next try comes after {@code delay}. */
    record Reconnecting(int attempt, Duration delay, String reason) implements Connection {}

    /** The same session goes on; what it missed follows. */
    record Resumed(String name, String session, String server) implements Connection {}

    /**
     * The old session is over and a new one has begun under the same name. Rooms are joined again
     * and outstanding requests sent again; events in between may be missing.
     */
    record Replaced(String name, String session, String server) implements Connection {}

    /**
     * The end: nothing more will come. {@code code} is {@code closed} where the program closed the
     * client, else why it gave up.
     */
    record Closed(String code, String message) implements Connection {}
  }

  /** A message in a room, one's own included, in the room's order. */
  default void onBroadcast(ChatMessage message) {}

  /** A message to this client alone. */
  default void onDirect(ChatMessage message) {}

  /** Somebody came or went, here or in a room. */
  default void onSystem(ServerFrame.SystemEvent event) {}

  /** Who is there, told once after each registration of a client with presence. */
  default void onClients(ServerFrame.ClientList clients) {}

  /** Messages of a room that this client missed and that it was not sent. */
  default void onGap(String room, long fromSeq, long toSeq) {}

  /** Something happened to the connection. */
  default void onConnection(Connection change) {}

  /**
   * The result of a task that this client did not submit: kept by the server from an earlier
   * session of the same name.
   */
  default void onLateResult(TaskResult result) {}

  /** The server complained about something that no call of this client waits for. */
  default void onServerError(MutiraoException error) {}

  /** So many events were dropped because this listener was too slow. */
  default void onDropped(int events) {}
}
