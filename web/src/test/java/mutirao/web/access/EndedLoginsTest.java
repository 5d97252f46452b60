package mutirao.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import mutirao.client.MutiraoClient;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Events;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A login that ends takes everything with it that was opened by it. */
class EndedLoginsTest {
  private static final String PASSWORD = "martelos-de-2026";

  private final Edge edge = Edge.withAdmin();
  private final MutiraoClient users = edge.admin();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private Http logIn(String name) {
    Answer login =
        edge.http()
            .post(
                "/api/session",
                "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}");
    login.json();
    return edge.http().cookieOf(login);
  }

  private static void begin(Events events) {
    events.next("figures", _ -> true);
  }

  private static void assertEnded(Events events) {
    assertNotEquals("not an event", events.awaitEnd().topic());
  }

  @Test
  void aTokenThatIsRevoked() {
    Http bruno = edge.http().token(edge.user(users, "bruno", AccountRole.MEMBER));
    try (Events events = bruno.events("figures,tasks")) {
      begin(events);
      String id = users.account(AccountRequest.list()).await().tokens().getFirst().token();
      users.account(AccountRequest.revokeToken(id)).await();

      bruno.get("/api/tasks").problem(401, "unauthorized");
      assertEnded(events);
    }
  }

  @Test
  void aUserWhoIsRemoved() {
    edge.user(users, "bruno", AccountRole.MEMBER, PASSWORD);
    Http bruno = logIn("bruno");
    try (Events events = bruno.events("figures");
        Socket socket = bruno.socket()) {
      begin(events);
      assertEquals("bruno", socket.register("bruno", "").text("name"));
      users.account(AccountRequest.removeUser("bruno")).await();

      socket.next("bye");
      socket.awaitClose();
      bruno.get("/api/tasks").problem(401, "unauthorized");
      assertEnded(events);
    }
  }

  @Test
  void aPasswordThatIsAnother() {
    edge.user(users, "bruno", AccountRole.MEMBER, PASSWORD);
    Http bruno = logIn("bruno");
    bruno.get("/api/tasks").json();
    users.account(AccountRequest.setPassword("bruno", "another-" + PASSWORD)).await();
    bruno.get("/api/tasks").problem(401, "unauthorized");
  }

  @Test
  void whoLogsOutHearsNoMore() {
    edge.user(users, "bruno", AccountRole.MEMBER, PASSWORD);
    Http bruno = logIn("bruno");
    Http elsewhere = logIn("bruno");
    try (Events events = bruno.events("figures");
        Events others = elsewhere.events("figures")) {
      begin(events);
      begin(others);
      assertEquals(204, bruno.delete("/api/session").status());
      assertEnded(events);
      begin(others);
      begin(others);
      elsewhere.get("/api/tasks").json();
    }
  }
}
