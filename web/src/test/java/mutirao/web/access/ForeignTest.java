package mutirao.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Raw;
import mutirao.web.kit.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other places' pages get nowhere. */
class ForeignTest {
  private static final String TASK = "{\"operation\":\"x\"}";

  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private String own() {
    return "http://127.0.0.1:" + edge.webPort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost.evil.example",
        "not a url",
        "file://",
      })
  void sec16WritesOfForeignPagesAreRefused(String origin) {
    Http foreign = http.with("Origin", origin);
    foreign.post("/api/tasks", TASK).problem(403, "forbidden");
    foreign.delete("/api/session").problem(403, "forbidden");
    foreign.send("PUT", "/api/tasks", TASK).problem(403, "forbidden");
    assertEquals(List.of(), http.get("/api/tasks").json().at("tasks").json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost.evil.example",
        "not a url",
        "file://",
      })
  void sec15NoForeignPageOpensASocket(String origin) {
    assertEquals(403, Socket.refusal(http.with("Origin", origin)));
  }

  @Test
  void writesFromThisPageAreNot() {
    Http page = http.with("Origin", own());
    page.post("/api/tasks", TASK).json(202);
    try (Socket socket = page.socket()) {
      socket.register("ana", "");
    }
  }

  /** A link or a picture leads to a GET, which changes nothing whatever else it says. */
  @Test
  void sec16AGetThatClaimsToBeAWriteIsRefused() {
    String task = http.post("/api/tasks", TASK).json(202).text("task");
    for (String method : List.of("POST", "post", "DELETE", "nonsense")) {
      http.with("X-HTTP-Method-Override", method)
          .get("/api/tasks/" + task + "/cancel")
          .problem(400, "malformed");
    }
    assertEquals("queued", http.get("/api/tasks/" + task).json().text("state"));
  }

  @Test
  void noAnswerMayBeReadElsewhere() {
    for (String path : List.of("/api/tasks", "/api/session", "/")) {
      assertEquals(
          null,
          http.with("Origin", "https://evil.example")
              .get(path)
              .header("Access-Control-Allow-Origin"));
    }
  }

  private String asked(String host, String... more) {
    String[] lines = new String[2 + more.length];
    lines[0] = "GET /api/session HTTP/1.1";
    lines[1] = "Host: " + host;
    System.arraycopy(more, 0, lines, 2, more.length);
    return Raw.send(edge.webPort(), lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:5051",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[2001:db8::1]:5051",
        "1.2.3",
      })
  void sec16ANameThatIsNotThisMachinesIsATrick(String host) {
    String answer = asked(host);
    assertEquals(403, Raw.status(answer), answer);
    assertTrue(answer.contains("\"code\":\"forbidden\""), answer);
    String upgrade = Raw.upgrade(edge.webPort(), "Host: " + host, "Origin: http://" + host);
    assertEquals(403, Raw.status(upgrade), upgrade);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:5051", "a.localhost", "127.0.0.1:1", "[::1]:5051"})
  void thisMachinesNamesAreFine(String host) {
    assertEquals(200, Raw.status(asked(host)));
    String upgrade = Raw.upgrade(edge.webPort(), "Host: " + host, "Origin: http://" + host);
    assertEquals(101, Raw.status(upgrade), upgrade);
  }
}
