package mutirao.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Raw;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every answer carries, and how requests are refused that nothing could come of. */
class HeadersTest {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() {
    List<Answer> answers =
        List.of(
            http.get("/"),
            http.get("/api"),
            http.get("/tasks/3g5k"),
            http.get("/no.such.file"),
            http.get("/lib/uplot/uPlot.esm.js"),
            http.get("/api/session"),
            http.get("/api/nothing"),
            http.get("/metrics"),
            http.get("/health/live"),
            http.get("/join/operations.json"),
            http.send("PUT", "/api/tasks", "{}"),
            http.send("POST", "/", "{}"),
            http.post("/api/tasks", "{"),
            http.delete("/api/session"),
            http.with("Origin", "null").post("/api/tasks", "{}"));
    for (Answer answer : answers) {
      ALWAYS.forEach((name, value) -> assertEquals(value, answer.header(name), answer::toString));
      String policy = String.valueOf(answer.header("Content-Security-Policy"));
      assertTrue(policy.startsWith("default-src 'none'"), answer::toString);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals(null, answer.header("Server"), answer::toString);
      assertEquals(null, answer.header("Strict-Transport-Security"));
    }
    assertEquals("no-store", http.get("/api/session").header("Cache-Control"));
    assertEquals("no-cache", http.get("/").header("Cache-Control"));
  }

  @Test
  void nothingIsToldAsAProblem() {
    http.get("/api/nothing").problem(404, "unknown_target");
    http.get("/api/tasks/a/b/c").problem(404, "unknown_target");
    http.post("/api/nothing", "{}").problem(404, "unknown_target");
    http.send("PUT", "/api/nothing/more", "{}").problem(404, "unknown_target");
    http.send("POST", "/nowhere", "{}").problem(404, "unknown_target");
  }

  @Test
  void anotherMethodIsToldWhichThereAre() {
    Map<String, String> allowed =
        Map.of(
            "PUT /api/tasks", "GET, POST",
            "DELETE /api/tasks/batch", "GET, POST",
            "POST /api/figures", "GET",
            "PATCH /api/session", "GET, POST, DELETE",
            "GET /api/cluster/transfer", "POST");
    allowed.forEach(
        (request, methods) -> {
          String[] parts = request.split(" ");
          Answer answer = http.send(parts[0], parts[1], parts[0].equals("GET") ? null : "{}");
          answer.problem(405, "malformed");
          assertEquals(methods, answer.header("Allow"), request);
        });
  }

  @Test
  void whatIsNoRequestIsRefusedInTheSameWords() {
    List<String> broken =
        List.of(
            Raw.send(edge.webPort(), "GET / HTTP/1.1"),
            Raw.send(
                edge.webPort(),
                "GET / HTTP/1.1",
                "Host: localhost",
                "X-Long: " + "x".repeat(20_000)),
            Raw.send(edge.webPort(), "GET /%zz HTTP/1.1", "Host: localhost"),
            Raw.send(edge.webPort(), "G@T / HTTP/1.1", "Host: localhost"));
    for (String answer : broken) {
      assertTrue(List.of(400, 431).contains(Raw.status(answer)), answer);
      String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
      assertTrue(head.contains("application/problem+json"), answer);
      assertTrue(head.contains("x-content-type-options: nosniff"), answer);
      assertTrue(head.contains("content-security-policy: default-src 'none'"), answer);
      assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
      String body = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
      assertEquals(Raw.status(answer), Value.of(body).number("status"));
    }
  }

  @Test
  void methodsThatOnlyHelpAttackersAreRefused() {
    String answer =
        Raw.send(edge.webPort(), "TRACE /api/session HTTP/1.1", "Host: localhost", "X-A: secret");
    assertTrue(Raw.status(answer) >= 400, answer);
    assertFalse(answer.contains("secret"), answer);
  }

  @Test
  void anUpgradeLeavesNoCookie() {
    String answer = Raw.upgrade(edge.webPort(), "Host: localhost");
    assertEquals(101, Raw.status(answer));
    assertFalse(answer.toLowerCase(Locale.ROOT).contains("set-cookie"), answer);
  }
}
