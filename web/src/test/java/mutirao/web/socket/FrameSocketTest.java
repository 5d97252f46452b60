package mutirao.web.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import mutirao.protocol.AccountRole;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol's frames, one a message. */
class FrameSocketTest {
  private static final String PASSWORD = "martelos-de-2026";

  private final Edge edge = Edge.open();
  private final Http http = edge.http();
  private final BlockingQueue<ChatMessage> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private MutiraoClient tcp(String name) {
    return edge.client(
        edge.options(name)
            .listener(
                new ClientListener() {
                  @Override
                  public void onBroadcast(ChatMessage message) {
                    heard.add(message);
                  }
                }));
  }

  @Test
  void whatIsSaidGoesToTcpAndBack() throws Exception {
    MutiraoClient bia = tcp("bia");
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.say("{\"type\":\"broadcast\",\"message\":\"olá, obra\",\"ref\":1}");
      ChatMessage message = heard.poll(30, TimeUnit.SECONDS);
      assertEquals("olá, obra", message == null ? null : message.text());
      assertEquals("ana", message == null ? null : message.sender());
      assertEquals(1, ana.next("broadcast").number("ref"));

      bia.broadcast("bom dia").await();
      Value back = ana.next("broadcast");
      assertEquals("bom dia", back.text("message"));
      assertEquals("bia", back.text("sender"));
    }
  }

  @Test
  void eachMessageIsOneFrameHoweverItIsWritten() {
    try (Socket ana = http.socket()) {
      ana.say("{\n  \"type\": \"register\",\r\n  \"name\": \"ana\",\n  \"presence\": false\n}\n");
      assertEquals("ana", Value.of(ana.next()).text("name"));
      ana.say("{\"type\":\"ping\",\"ref\":1}");
      ana.say("{\"type\":\"ping\",\"ref\":2}");
      assertEquals(1, Value.of(ana.next()).number("ref"));
      assertEquals(2, Value.of(ana.next()).number("ref"));
    }
  }

  @Test
  void aSessionIsTakenUpAgainWithWhatItMissed() {
    MutiraoClient bia = tcp("bia");
    String resume;
    try (Socket ana = http.socket()) {
      Value registered = ana.register("ana", "");
      resume = registered.text("resume");
      bia.broadcast("um").await();
      assertEquals("um", ana.next("broadcast").text("message"));
      ana.abort();
    }
    bia.broadcast("dois").await();
    try (Socket again = http.socket()) {
      Value registered =
          again.register("ana", ",\"resume\":\"" + resume + "\",\"seen\":{\"lobby\":1}");
      assertTrue(registered.flag("resumed"), registered::toString);
      assertEquals("dois", again.next("broadcast").text("message"));
    }
  }

  @Test
  void aSessionMovesBetweenTcpAndWebSocket() {
    try (Socket first = http.socket();
        Socket second = http.socket()) {
      String resume = first.register("ana", "").text("resume");
      Value registered = second.register("ana", ",\"resume\":\"" + resume + "\"");
      assertTrue(registered.flag("resumed"));
      assertEquals("resumed", first.next("bye").text("reason"));
      assertEquals(1000, first.awaitClose());
    }
  }

  @Test
  void aBrowserWorks() {
    MutiraoClient bia = tcp("bia");
    try (Socket worker = http.socket()) {
      worker.register("browser", ",\"role\":\"worker\",\"operations\":[\"sum\"],\"slots\":2");
      var handle = bia.submit(TaskRequest.of("sum").params(Map.of("numbers", List.of(1, 2))));
      Value task = worker.next("task");
      assertEquals("sum", task.text("operation"));
      assertEquals(List.of(1L, 2L), task.at("params", "numbers").json());
      worker.say(
          "{\"type\":\"done\",\"task\":\""
              + task.text("task")
              + "\",\"attempt\":"
              + task.number("attempt")
              + ",\"result\":3}");
      assertEquals("3", String.valueOf(handle.result().await().value()));
      assertEquals("browser", http.get("/api/workers").json().text("workers", 0, "name"));
    }
  }

  @Test
  void whoQuitsIsGoneAtOnce() {
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.say("{\"type\":\"quit\"}");
      ana.next("bye");
      assertEquals(1000, ana.awaitClose());
    }
    try (Socket again = http.socket()) {
      assertEquals("ana", again.register("ana", "").text("name"));
    }
  }

  @Test
  void whoDropsOutLeavesNoConnection() {
    edge.awaitConnections(0);
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      edge.awaitConnections(1);
      ana.abort();
      edge.awaitConnections(0);
    }
  }

  @Test
  void aCookieSaysWhoItIs() throws Exception {
    try (Edge guarded = Edge.withAdmin()) {
      guarded.user(guarded.admin(), "vera", AccountRole.VIEWER, PASSWORD);
      Answer login =
          guarded
              .http()
              .post("/api/session", "{\"username\":\"vera\",\"password\":\"" + PASSWORD + "\"}");
      try (Socket vera = guarded.http().cookieOf(login).socket()) {
        assertEquals("vera-2", vera.register("vera-2", "").text("name"));
        vera.say("{\"type\":\"submit\",\"operation\":\"x\",\"ref\":1}");
        assertEquals("forbidden", vera.next("error").text("code"));
      }
      try (Socket nobody = guarded.http().socket()) {
        nobody.say("{\"type\":\"register\",\"name\":\"vera\"}");
        assertEquals("unauthorized", nobody.next("error").text("code"));
        nobody.say(
            "{\"type\":\"register\",\"name\":\"vera\",\"username\":\"vera\",\"password\":\""
                + PASSWORD
                + "\"}");
        assertEquals("vera", nobody.next("registered").text("name"));
      }
      try (Socket other = guarded.http().cookieOf(login).socket()) {
        other.say("{\"type\":\"register\",\"name\":\"ana\"}");
        assertEquals("forbidden", other.next("error").text("code"));
      }
    }
  }
}
