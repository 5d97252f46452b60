package mutirao.web.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.tls.TlsOptions;
import mutirao.protocol.AccountRole;
import mutirao.server.ServerConfig;
import mutirao.server.tls.EdgeChoice;
import mutirao.server.tls.TlsChoice;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Raw;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void sign() throws Exception {
    lab = new Lab(folder);
    lab.server("n1");
  }

  private ServerConfig config(TlsChoice.Clients clients) {
    TlsChoice tls =
        new TlsChoice(
            lab.file("n1.pem"),
            lab.file("n1-key.pem"),
            clients == TlsChoice.Clients.UNASKED ? null : lab.file("ca.pem"),
            clients,
            TlsChoice.Version.TLS_1_3);
    return Edge.CONFIG.withEdge(EdgeChoice.DEFAULT.withTls(tls));
  }

  private MutiraoClient admin(Edge edge) {
    ClientOptions.Builder options =
        edge.options("ana.admin")
            .login(Edge.ADMIN, Edge.PASSWORD)
            .tls(TlsOptions.trusting(lab.file("ca.pem")));
    return edge.client(options);
  }

  @Test
  void theServersCertificateIsShownAndNothingGoesPlain() throws Exception {
    try (Edge edge = Edge.withAdmin(config(TlsChoice.Clients.UNASKED));
        HttpClient client = lab.http(null)) {
      Http nobody = edge.http(client, "https");
      Answer session = nobody.get("/api/session");
      assertTrue(session.json().flag("login_required"));
      assertTrue(session.http().sslSession().isPresent());
      assertEquals("max-age=31536000", session.header("Strict-Transport-Security"));
      assertEquals("TLSv1.3", session.http().sslSession().orElseThrow().getProtocol());

      Answer login =
          nobody.post(
              "/api/session", "{\"username\":\"ana\",\"password\":\"" + Edge.PASSWORD + "\"}");
      assertTrue(String.valueOf(login.header("Set-Cookie")).contains("Secure"));
      Http ana = nobody.cookieOf(login);
      ana.post("/api/tasks", "{\"operation\":\"x\"}").json(202);
      ana.with("Origin", "https://127.0.0.1:" + edge.webPort())
          .post("/api/tasks", "{\"operation\":\"x\"}")
          .json(202);
      try (Socket socket = ana.socket()) {
        assertEquals("ana", socket.register("ana", "").text("name"));
      }
      String plain = Raw.send(edge.webPort(), "GET /api/session HTTP/1.1", "Host: localhost");
      assertFalse(plain.contains("HTTP/1.1 200"), plain);
      assertFalse(plain.contains("login_required"), plain);
      AssertionError untrusted =
          assertThrows(
              AssertionError.class,
              () -> edge.http(HttpClient.newHttpClient(), "https").get("/api/session"));
      assertTrue(untrusted.getCause() instanceof SSLException, untrusted::toString);
    }
  }

  /** Whoever is on the way may have made it. */
  @Test
  void sec15APageThatCameInPlainTextIsForeign() throws Exception {
    try (Edge edge = Edge.of(config(TlsChoice.Clients.UNASKED));
        HttpClient client = lab.http(null)) {
      Http page = edge.http(client, "https").with("Origin", "http://127.0.0.1:" + edge.webPort());
      page.post("/api/tasks", "{\"operation\":\"x\"}").problem(403, "forbidden");
      assertEquals(403, Socket.refusal(page));
    }
  }

  @Test
  void aCertificateSaysWhoItIs() throws Exception {
    try (Edge edge = Edge.withAdmin(config(TlsChoice.Clients.OPTIONAL));
        MutiraoClient users = admin(edge);
        HttpClient bruno = lab.http(lab.client("bruno"));
        HttpClient stranger = lab.http(lab.client("zeca"));
        HttpClient nobody = lab.http(null)) {
      edge.user(users, "bruno", AccountRole.MEMBER);
      Http his = edge.http(bruno, "https");
      Value session = his.get("/api/session").json();
      assertEquals("bruno", session.text("user"));
      assertEquals("member", session.text("role"));
      String task = his.post("/api/tasks", "{\"operation\":\"x\"}").json(202).text("task");
      assertEquals("bruno-web", his.get("/api/tasks/" + task).json().text("submitter"));
      try (Socket socket = his.socket()) {
        assertEquals("bruno-ws", socket.register("bruno-ws", "").text("name"));
      }
      edge.http(stranger, "https").get("/api/tasks").problem(401, "unauthorized");
      edge.http(nobody, "https").get("/api/tasks").problem(401, "unauthorized");
    }
  }

  @Test
  void whereOneIsRequiredThereIsNoWayWithout() throws Exception {
    try (Edge edge = Edge.of(config(TlsChoice.Clients.REQUIRED));
        HttpClient known = lab.http(lab.client("bruno"));
        HttpClient nobody = lab.http(null)) {
      assertEquals(200, edge.http(known, "https").get("/health/live").status());
      Lab elsewhere = new Lab(Files.createDirectory(folder.resolve("other")));
      for (Http refused :
          List.of(
              edge.http(nobody, "https"),
              edge.http(lab.http(elsewhere.client("bruno")), "https"))) {
        assertThrows(AssertionError.class, () -> refused.get("/health/live"));
      }
    }
  }
}
