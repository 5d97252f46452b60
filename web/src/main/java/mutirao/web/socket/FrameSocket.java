package mutirao.web.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.local.Inside;
import mutirao.server.local.LocalConnection;
import mutirao.server.local.Visitor;
import mutirao.web.line.Callers;
import mutirao.web.line.Credentials;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** The frames of the wire, one a text message. */
public final class FrameSocket {
  /** Where the upgrade leaves what the request showed. */
  private static final String CREDENTIALS = "mutirao.credentials";

  private static final int NORMAL = 1000;
  private static final long IDLE_MINUTES = 10;
  private static final long READ_WITHIN_SECONDS = 15;

  private final Inside inside;
  private final Callers callers;
  private final Map<String, Connection> open = new ConcurrentHashMap<>();

  /** Sockets of a server. */
  public FrameSocket(Inside inside, Callers callers) {
    this.inside = inside;
    this.callers = callers;
  }

  /** Looks at the request while there is one. */
  public void beforeUpgrade(Context context) {
    context.attribute(CREDENTIALS, callers.credentials(context));
  }

  /** Ends the session that the library began with the upgrade, and would keep for ever. */
  public void afterUpgrade(Context context) {
    HttpSession session = context.req().getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** What happens to a socket. */
  public void configure(WsConfig socket) {
    socket.onConnect(
        context -> {
          Credentials credentials = context.attribute(CREDENTIALS);
          context.session.setIdleTimeout(Duration.ofMinutes(IDLE_MINUTES));
          // As long a frame as any server takes, and then some: it is the server who complains.
          context.session.setMaxTextMessageSize(2L * inside.config().maxFrameBytes());
          open.put(
              context.sessionId(),
              new Connection(inside, context.session, Objects.requireNonNull(credentials)));
        });
    socket.onMessage(
        context -> {
          Connection connection = open.get(context.sessionId());
          if (connection != null) {
            connection.heard(context.message());
          }
        });
    socket.onBinaryMessage(
        context -> {
          Connection connection = open.get(context.sessionId());
          if (connection != null) {
            connection.turnAway(Problem.of(null, ErrorCode.MALFORMED, "malformed.binary"));
          }
        });
    socket.onClose(context -> gone(context.sessionId()));
    socket.onError(context -> gone(context.sessionId()));
  }

  private void gone(String id) {
    Connection connection = open.remove(id);
    if (connection != null) {
      connection.gone();
    }
  }

  /** One socket; sends one message after the other, the next when the last is on its way. */
  private static final class Connection implements Visitor {
    private final Session session;
    private final CompletableFuture<LocalConnection> connection;

    // Guarded by itself.
    private final ArrayDeque<String> messages = new ArrayDeque<>();
    private @Nullable Runnable taken;
    private boolean sending;

    Connection(Inside inside, Session session, Credentials credentials) {
      this.session = session;
      this.connection = inside.connect(this, credentials.caller());
    }

    /**
     * Waits until the server has read it: the next message is not taken from the socket before. A
     * message is a line; what breaks it can only stand between a frame's tokens.
     */
    void heard(String message) {
      byte[] frame = (message.replace('\n', ' ') + "\n").getBytes(UTF_8);
      try {
        connection.thenCompose(open -> open.say(frame)).get(READ_WITHIN_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        session.disconnect();
      }
    }

    void turnAway(Problem why) {
      var _ = connection.thenAccept(open -> open.turnAway(why));
    }

    void gone() {
      var _ = connection.thenAccept(LocalConnection::disconnected);
    }

    @Override
    public void take(byte[] lines, Runnable whenTaken) {
      synchronized (messages) {
        int from = 0;
        for (int at = 0; at < lines.length; at++) {
          if (lines[at] == '\n') {
            messages.addLast(new String(lines, from, at - from, UTF_8));
            from = at + 1;
          }
        }
        taken = whenTaken;
      }
      sendNext();
    }

    private void sendNext() {
      String message;
      Runnable done = null;
      synchronized (messages) {
        if (sending) {
          return;
        }
        message = messages.pollFirst();
        if (message == null) {
          done = taken;
          taken = null;
        } else {
          sending = true;
        }
      }
      if (message != null) {
        session.sendText(message, Callback.from(this::sent, _ -> session.disconnect()));
      } else if (done != null) {
        done.run();
      }
    }

    private void sent() {
      synchronized (messages) {
        sending = false;
      }
      sendNext();
    }

    /** Everything was sent, or whoever is there had its time to take it. */
    @Override
    public void closed() {
      boolean unsent;
      synchronized (messages) {
        unsent = sending || !messages.isEmpty();
        messages.clear();
      }
      if (unsent) {
        session.disconnect();
      } else {
        session.close(NORMAL, null, Callback.NOOP);
      }
    }
  }
}
