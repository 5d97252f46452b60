package mutirao.web.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket that speaks frames. */
public final class Socket implements AutoCloseable {
  /** What {@link #next} gives where the server has closed. */
  public static final String CLOSED = "closed";

  private final Ear ear;
  private final WebSocket socket;

  private Socket(Ear ear, WebSocket socket) {
    this.ear = ear;
    this.socket = socket;
  }

  static Socket open(HttpClient client, URI uri, Map<String, String> headers) {
    Ear ear = new Ear();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    headers.forEach(builder::header);
    return new Socket(ear, builder.buildAsync(uri, ear).join());
  }

  /** The status with which an upgrade is refused. */
  public static int refusal(Http http) {
    try (Socket _ = http.socket()) {
      throw new AssertionError("it was let in");
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** Says a frame. */
  public Socket say(String frame) {
    socket.sendText(frame, true).join();
    return this;
  }

  /** Says a frame, and does not care whether it gets there. */
  public CompletableFuture<WebSocket> mumble(String frame) {
    return socket.sendText(frame, true);
  }

  /** Sends bytes. */
  public void sayBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The next message. */
  public String next() {
    try {
      String message = ear.heard.poll(Await.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing comes");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next frame of a type; others are passed over. */
  public Value next(String type) {
    while (true) {
      String message = next();
      if (message.equals(CLOSED)) {
        throw new AssertionError("closed without " + type);
      }
      Value frame = Value.of(message);
      if (frame.text("type").equals(type)) {
        return frame;
      }
    }
  }

  /** Registers, and gives what came of it. */
  public Value register(String name, String more) {
    say("{\"type\":\"register\",\"name\":\"" + name + "\",\"presence\":false" + more + "}");
    Value answer = Value.of(next());
    assertEquals("registered", answer.text("type"), answer::toString);
    return answer;
  }

  /** Expects the server to close. */
  public int awaitClose() {
    String message = next();
    while (!message.equals(CLOSED)) {
      message = next();
    }
    return ear.code;
  }

  /** Takes nothing more in. */
  public void stopReading() {
    ear.reading = false;
  }

  /** Cuts the connection, without a word. */
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private volatile boolean reading = true;
    private volatile int code;

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(part.toString());
        part.setLength(0);
      }
      if (reading) {
        webSocket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      code = statusCode;
      heard.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      heard.add(CLOSED);
    }
  }
}
