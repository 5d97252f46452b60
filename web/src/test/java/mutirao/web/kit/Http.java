package mutirao.web.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody who asks by HTTP, always with the same headers. Keeps no cookies by itself. */
public final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final URI root;
  private final Map<String, String> headers;

  Http(HttpClient client, URI root, Map<String, String> headers) {
    this.client = client;
    this.root = root;
    this.headers = headers;
  }

  /** The same with another header. */
  public Http with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Http(client, root, more);
  }

  /** The same with a token. */
  public Http token(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same with the cookie that a login was answered with. */
  public Http cookieOf(Answer login) {
    return with("Cookie", String.valueOf(login.header("Set-Cookie")).split(";", 2)[0]);
  }

  /** Asks. */
  public Answer get(String path) {
    return send("GET", path, null);
  }

  /** Sends JSON. */
  public Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /** Deletes. */
  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** Sends a request; body null: none. */
  public Answer send(String method, String path, @Nullable String body) {
    HttpRequest request =
        request(path)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return new Answer(send(request, BodyHandlers.ofByteArray()));
  }

  /** Sends bytes that may be no text. */
  public Answer post(String path, byte[] body) {
    HttpRequest request = request(path).POST(BodyPublishers.ofByteArray(body)).build();
    return new Answer(send(request, BodyHandlers.ofByteArray()));
  }

  /** Asks again and again until the answer is as it should be. */
  public Value until(String path, Predicate<Value> wanted) {
    return Await.until(() -> Value.of(get(path).text()), wanted);
  }

  /** Listens to events. */
  public Events events(String topics) {
    HttpResponse<InputStream> response =
        send(request("/api/events?topics=" + topics).build(), BodyHandlers.ofInputStream());
    return new Events(response);
  }

  /** A connection of the protocol's. */
  public Socket socket() {
    String scheme = root.getScheme().equals("https") ? "wss" : "ws";
    URI uri = URI.create(scheme + "://" + root.getAuthority() + "/ws");
    return Socket.open(client, uri, headers);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE);
    headers.forEach(request::header);
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request, body);
    } catch (IOException e) {
      throw new AssertionError(request + ": " + e, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
