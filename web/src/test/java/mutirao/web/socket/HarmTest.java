package mutirao.web.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mutirao.client.MutiraoClient;
import mutirao.web.kit.Await;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one socket does wrong harms that one alone. */
class HarmTest {
  private static final int FRAME = 128 * 1024;
  private static final int UNSENT = 1024 * 1024;

  private final Edge edge =
      Edge.of(Edge.CONFIG.withBounds(FRAME, UNSENT, Edge.CONFIG.maxConnections()));
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    assertEquals(
        202, http.post("/api/tasks", "{\"operation\":\"x\"}").status(), "somebody else suffers");
    edge.close();
  }

  private static String broadcast(int bytes) {
    return "{\"type\":\"broadcast\",\"message\":\"" + "x".repeat(bytes) + "\"}";
  }

  @Test
  void aFrameThatIsTooLarge() {
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.say(broadcast(FRAME));
      assertEquals("too_large", ana.next("error").text("code"));
      assertEquals(1000, ana.awaitClose());
    }
    try (Socket nobody = http.socket()) {
      nobody.say(broadcast(70_000));
      assertEquals("too_large", nobody.next("error").text("code"));
      nobody.awaitClose();
    }
    try (Socket giant = http.socket()) {
      giant.register("giant", "");
      var _ = giant.mumble(broadcast(4 * FRAME));
      assertNotEquals(1000, giant.awaitClose());
    }
  }

  @Test
  void whatIsNoFrame() {
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.say("{\"type\":");
      assertEquals("malformed", ana.next("error").text("code"));
      ana.say("nothing like it");
      assertEquals("malformed", ana.next("error").text("code"));
      ana.say("{\"type\":\"dance\",\"ref\":7}");
      Value unknown = ana.next("error");
      assertEquals("unknown_type", unknown.text("code"));
      assertEquals(7, unknown.number("ref"));
      ana.say("{\"type\":\"ping\"}");
      ana.next("pong");
      for (int i = 0; i < 10; i++) {
        ana.say("]");
        assertEquals("malformed", ana.next("error").text("code"));
      }
      ana.awaitClose();
    }
  }

  @Test
  void bytesAreNoFrames() {
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.sayBinary("{\"type\":\"ping\"}".getBytes(UTF_8));
      Value error = ana.next("error");
      assertEquals("malformed", error.text("code"));
      assertEquals("frames are text messages", error.text("message"));
      ana.awaitClose();
    }
  }

  @Test
  void manySmallAnswersAtOnceComeInTheirOrder() {
    int most = 5000;
    StringBuilder pings = new StringBuilder();
    for (int i = 0; i < most; i++) {
      pings.append("{\"type\":\"ping\",\"ref\":").append(i).append("}\n");
    }
    try (Socket ana = http.socket()) {
      ana.register("ana", "");
      ana.say(pings.toString());
      for (int i = 0; i < most; i++) {
        assertEquals(i, Value.of(ana.next()).number("ref"));
      }
    }
  }

  @Test
  void whoDoesNotReadIsCutOff() throws Exception {
    MutiraoClient bia = edge.client(edge.options("bia").presence(false));
    try (Socket deaf = http.socket();
        Socket well = http.socket()) {
      well.register("well", "");
      deaf.register("deaf", "");
      deaf.stopReading();
      edge.awaitConnections(3);
      String text = "x".repeat(60_000);
      long said = 0;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.PATIENCE_SECONDS);
      while (edge.server().connectionCount() == 3) {
        bia.broadcast(text).await();
        said++;
        assertEquals(said, well.next("broadcast").number("seq"));
        assertTrue(System.nanoTime() < deadline, "it is still there");
      }
      bia.broadcast("afterwards").await();
      assertEquals("afterwards", well.next("broadcast").text("message"));
      assertEquals(2, edge.server().connectionCount());
    }
  }

  @Test
  void whoFloodsDelaysNobody() throws Exception {
    try (Socket flood = http.socket();
        Socket well = http.socket()) {
      flood.register("flood", "");
      well.register("well", "");
      String many = "{\"type\":\"status\"}\n".repeat(5000);
      CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
      for (int i = 0; i < 20; i++) {
        sent = sent.thenCompose(_ -> flood.mumble(many));
      }
      for (int i = 0; i < 20; i++) {
        well.say("{\"type\":\"ping\",\"ref\":" + i + "}");
        assertEquals(i, well.next("pong").number("ref"));
      }
      sent.exceptionally(_ -> null).get(60, TimeUnit.SECONDS);
    }
  }
}
