package mutirao.web.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What a request was answered. */
public record Answer(HttpResponse<byte[]> http) {

  /** The HTTP status. */
  public int status() {
    return http.statusCode();
  }

  /** The body as text. */
  public String text() {
    return new String(http.body(), UTF_8);
  }

  /** A header; null where there is none. */
  public @Nullable String header(String name) {
    return http.headers().firstValue(name).orElse(null);
  }

  /** The content type without its parameters. */
  public String type() {
    return String.valueOf(header("Content-Type")).split(";", 2)[0];
  }

  /** The body as JSON, of an answer with this status. */
  public Value json(int status) {
    assertEquals(status, status(), this::toString);
    assertEquals("application/json", type(), this::toString);
    return Value.of(text());
  }

  /** The same where all went well. */
  public Value json() {
    return json(200);
  }

  /** The problem, of an answer with this status and code. */
  public Value problem(int status, String code) {
    assertEquals(status, status(), this::toString);
    assertEquals("application/problem+json", type(), this::toString);
    Value problem = Value.of(text());
    assertEquals(status, problem.number("status"), this::toString);
    assertEquals(code, problem.text("code"), this::toString);
    return problem;
  }

  @Override
  public String toString() {
    return http.request().method() + " " + http.uri() + " -> " + status() + " " + text();
  }
}
