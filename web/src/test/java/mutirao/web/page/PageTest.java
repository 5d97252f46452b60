package mutirao.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mutirao.web.WebConfig;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  @Test
  void itsOwnPlacesGiveTheIndexAndFilesGiveThemselves() {
    String index = http.get("/").text();
    assertTrue(index.contains("Mutirão"), index);
    for (String place : List.of("/tasks", "/tasks/3g5k", "/workers/a-b", "/index.html")) {
      Answer answer = http.get(place);
      assertEquals(index, answer.text(), place);
      assertEquals("text/html", answer.type());
    }
    Answer script = http.get("/lib/uplot/uPlot.esm.js");
    assertEquals(200, script.status());
    assertEquals("text/javascript", script.type());
    assertEquals("text/css", http.get("/lib/uplot/uPlot.min.css").type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing.js",
        "/page.class",
        "/lib/nothing/a.js",
        "/lib/uplot.js",
        "/openapi.json",
        "/.git/config.txt",
        "/a/.hidden.js",
      })
  void whatIsNoFileIsNotFound(String path) {
    Answer answer = http.get(path);
    assertEquals(404, answer.status());
    assertEquals("", answer.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../openapi.json",
        "/x/../../openapi.json",
        "/%2e%2e/openapi.json",
        "/..%2fopenapi.json",
        "/%2e%2e%2fopenapi.json",
        "/..%5copenapi.json",
        "/x/..;/..;/openapi.json",
        "//openapi.json",
        "/lib/uplot/../package.json",
        "/lib/uplot/%2e%2e/package.json",
        "/lib/uplot/..%2fpackage.json",
        "/join/operations/..%2f..%2fsecret.js",
        "/page/openapi.json%00.js",
      })
  void noWayLeadsOutOfTheFolder(String path) {
    String answer = Raw.send(edge.webPort(), "GET " + path + " HTTP/1.1", "Host: localhost");
    assertTrue(List.of(400, 404).contains(Raw.status(answer)), answer);
    assertFalse(answer.contains("3.1.0") || answer.contains("\"uplot\""), answer);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    Answer first = http.get("/lib/uplot/uPlot.esm.js");
    String tag = Objects.requireNonNull(first.header("ETag"));
    assertTrue(tag.startsWith("\"") && tag.endsWith("\""), tag);
    Answer again = http.with("If-None-Match", tag).get("/lib/uplot/uPlot.esm.js");
    assertEquals(304, again.status());
    assertEquals("", again.text());
    assertEquals(tag, again.header("ETag"));
    assertEquals(
        304, http.with("If-None-Match", "W/" + tag).get("/lib/uplot/uPlot.esm.js").status());
    assertEquals(
        304, http.with("If-None-Match", "\"a\", " + tag).get("/lib/uplot/uPlot.esm.js").status());
    assertEquals(
        200, http.with("If-None-Match", "\"other\"").get("/lib/uplot/uPlot.esm.js").status());
    assertNotEquals(tag, http.get("/").header("ETag"));
  }

  @Test
  void whoeverAsksForTheHeadGetsNoBody() {
    Answer head = http.send("HEAD", "/", null);
    assertEquals(200, head.status());
    assertEquals("", head.text());
    assertEquals("text/html", head.type());
    assertEquals(404, http.send("HEAD", "/nothing.js", null).status());
    assertEquals(404, http.send("HEAD", "/api/nothing", null).status());
    assertEquals("GET, POST", http.send("HEAD", "/api/tasks", null).header("Allow"));
    assertEquals(200, http.send("HEAD", "/health/live", null).status());
  }

  @Test
  void operationsOfBrowsersAreThoseOfTheFolder(@TempDir Path folder) throws Exception {
    Path operations = Files.createDirectory(folder.resolve("operations"));
    Files.writeString(operations.resolve("square.js"), "export default (n) => n * n;", UTF_8);
    Files.writeString(operations.resolve("notes.txt"), "no", UTF_8);
    Files.writeString(folder.resolve("secret.js"), "secret", UTF_8);
    assertEquals(List.of(), http.get("/join/operations.json").json().at("operations").json());
    assertEquals(404, http.get("/join/operations/square.js").status());

    try (Edge open =
        Edge.open(
            plain ->
                new WebConfig(
                    plain.bind(),
                    plain.webPort(),
                    plain.port(),
                    new WebConfig.Join(true, operations),
                    null))) {
      Http browser = open.http();
      assertTrue(browser.get("/api/session").json().flag("join"));
      assertEquals(
          List.of("square"), browser.get("/join/operations.json").json().at("operations").json());
      Answer module = browser.get("/join/operations/square.js");
      assertEquals("text/javascript", module.type());
      assertTrue(module.text().contains("n * n"));
      assertTrue(
          String.valueOf(module.header("Content-Security-Policy")).contains("connect-src 'none'"));
      for (String path :
          List.of(
              "/join/operations/..%2Fsecret.js",
              "/join/operations/notes.txt",
              "/join/operations/none.js",
              "/join/operations/%2e%2e%2fsecret.js")) {
        String answer = Raw.send(open.webPort(), "GET " + path + " HTTP/1.1", "Host: localhost");
        assertTrue(List.of(400, 404).contains(Raw.status(answer)), answer);
        assertFalse(answer.contains("secret\n") || answer.endsWith("secret"), answer);
      }
    }
  }
}
