package mutirao.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.util.List;
import mutirao.client.MutiraoClient;
import mutirao.protocol.AccountRole;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private final Edge edge = Edge.withAdmin();
  private final Http nobody = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private Answer logIn(String user, String password) {
    return nobody.post(
        "/api/session", "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}");
  }

  @Test
  void aPasswordIsGoodForACookieUntilLogout() {
    Answer login = logIn("ANA", Edge.PASSWORD);
    Value session = login.json();
    assertEquals("ana", session.text("user"));
    assertEquals("admin", session.text("role"));
    assertTrue(session.flag("login_required"));
    String cookie = String.valueOf(login.header("Set-Cookie"));
    List<String> parts = List.of(cookie.split("; ?"));
    assertTrue(parts.containsAll(List.of("Path=/", "HttpOnly", "SameSite=Strict")), cookie);
    assertFalse(cookie.contains("Secure"), "nobody would send it back over HTTP");
    assertFalse(cookie.contains("Max-Age"), "it ends with the browser");
    assertTrue(parts.getFirst().length() > "mutirao_session=".length() + 20, cookie);

    Http ana = nobody.cookieOf(login);
    assertEquals("ana", ana.get("/api/session").json().text("user"));
    ana.post("/api/tasks", "{\"operation\":\"x\"}").json(202);
    assertNotEquals(cookie, logIn("ana", Edge.PASSWORD).header("Set-Cookie"));

    Answer logout = ana.delete("/api/session");
    assertEquals(204, logout.status());
    String gone = String.valueOf(logout.header("Set-Cookie"));
    assertTrue(gone.startsWith("mutirao_session=;"), gone);
    assertTrue(gone.contains("Expires=Thu, 01 Jan 1970"), gone);
    ana.get("/api/tasks").problem(401, "unauthorized");
    assertEquals(null, ana.get("/api/session").json().at("user").json());
  }

  @Test
  void aTokenIsGoodByItself() {
    MutiraoClient users = edge.admin();
    Http bruno = nobody.token(edge.user(users, "bruno", AccountRole.MEMBER));
    Value session = bruno.get("/api/session").json();
    assertEquals("bruno", session.text("user"));
    assertEquals("member", session.text("role"));
    String task = bruno.post("/api/tasks", "{\"operation\":\"x\"}").json(202).text("task");
    assertEquals("bruno-web", bruno.get("/api/tasks/" + task).json().text("submitter"));
  }

  @Test
  void nobodyIsToldThatALoginIsNeeded() {
    Value session = nobody.get("/api/session").json();
    assertTrue(session.flag("login_required"));
    assertEquals(null, session.at("user").json());
    assertEquals(null, session.at("role").json());
    assertEquals(edge.server().address().getPort(), session.number("port"));
  }

  @Test
  void whereThereAreNoUsersEverybodyMayDoEverything() throws Exception {
    try (Edge open = Edge.open()) {
      Value session = open.http().get("/api/session").json();
      assertFalse(session.flag("login_required"));
      assertEquals("admin", session.text("role"));
      assertEquals(null, session.at("user").json());
      Answer login =
          open.http().post("/api/session", "{\"username\":\"ana\",\"password\":\"anything\"}");
      login.problem(401, "unauthorized");
      assertEquals(null, login.header("Set-Cookie"));
    }
  }

  @Test
  void fromTheFirstUserOnNobodyGetsIn() throws Exception {
    try (Edge open = Edge.open()) {
      Http anybody = open.http();
      anybody.post("/api/tasks", "{\"operation\":\"x\"}").json(202);
      assertTrue(open.server().makeFirstAdmin(Edge.ADMIN, Edge.PASSWORD).join());

      anybody.get("/api/tasks").problem(401, "unauthorized");
      anybody.post("/api/tasks", "{\"operation\":\"x\"}").problem(401, "unauthorized");
      assertTrue(anybody.get("/api/session").json().flag("login_required"));
    }
  }

  @Test
  void whoGuessesIsStopped() {
    Answer last = logIn("ana", "wrong-password");
    for (int i = 1; i < 10; i++) {
      last.problem(401, "unauthorized");
      assertEquals(null, last.header("Set-Cookie"));
      last = logIn("ana", "wrong-password");
    }
    last.problem(401, "unauthorized");
    for (String password : List.of("wrong-password", Edge.PASSWORD)) {
      Answer stopped = logIn("ana", password);
      Value problem = stopped.problem(429, "overloaded");
      long waitMs = problem.number("retry_after_ms");
      assertTrue(waitMs > 0 && waitMs <= 900_000, problem::toString);
      assertEquals(Long.toString(Math.ceilDiv(waitMs, 1000)), stopped.header("Retry-After"));
    }
    logIn("nobody_such", "wrong-password").problem(401, "unauthorized");
  }

  /** At whichever port, and whatever they show. */
  @Test
  void sec05WhatAnAddressTriesCountsAtBothPortsTogether() throws Exception {
    InetAddress address = InetAddress.ofLiteral("127.0.8.1");
    try (HttpClient client = HttpClient.newBuilder().localAddress(address).build()) {
      Http stranger = edge.http(client, "http");
      for (int i = 0; i < 10; i++) {
        stranger
            .post("/api/session", "{\"username\":\"u" + i + "\",\"password\":\"wrong-one\"}")
            .problem(401, "unauthorized");
        stranger.token("mut_wrong" + i).get("/api/tasks").problem(401, "unauthorized");
        assertTrue(overTcp(address, "mut_other" + i).contains("\"unauthorized\""));
      }
      Answer stopped = stranger.token("mut_last").get("/api/tasks");
      assertTrue(stopped.problem(429, "overloaded").number("retry_after_ms") > 0);
      String right = "{\"username\":\"ana\",\"password\":\"" + Edge.PASSWORD + "\"}";
      stranger.post("/api/session", right).problem(429, "overloaded");
      assertTrue(overTcp(address, "mut_last").contains("\"overloaded\""));
    }
    assertEquals("ana", logIn("ana", Edge.PASSWORD).json().text("user"));
  }

  private String overTcp(InetAddress from, String token) throws IOException {
    InetSocketAddress to = edge.server().address();
    try (Socket socket = new Socket(to.getAddress(), to.getPort(), from, 0)) {
      String frame = "{\"type\":\"register\",\"token\":\"" + token + "\"}\n";
      socket.getOutputStream().write(frame.getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }
}
