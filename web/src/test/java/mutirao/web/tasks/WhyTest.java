package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.MutiraoWorker;
import mutirao.client.OperationException;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why a task does not run. */
class WhyTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    go.countDown();
    edge.close();
  }

  private String submit(String task) {
    return http.post("/api/tasks", task).json(202).text("task");
  }

  private Value why(String id, String code) {
    return http.until(
            "/api/tasks/" + id, task -> task.has("why") && task.text("why", "code").equals(code))
        .at("why");
  }

  @Test
  void nobodyKnowsTheOperation() {
    String id = submit("{\"operation\":\"carve\"}");
    Value why = why(id, "no_worker");
    assertEquals("no connected worker knows 'carve'", why.text("message"));
    assertEquals(1, why.number("position"));
    assertEquals(2, why(submit("{\"operation\":\"carve\"}"), "no_worker").number("position"));
    Value portuguese =
        http.with("Accept-Language", "pt-BR").get("/api/tasks/" + id).json().at("why");
    assertEquals("nenhum trabalhador conectado", portuguese.text("message").substring(0, 28));
  }

  @Test
  void whoeverKnewItHasLeft() {
    MutiraoWorker wim = edge.worker("wim", 1, Map.of("carve", _ -> 1));
    http.post("/api/tasks?wait=30s", "{\"operation\":\"carve\"}").json(200);
    wim.close();
    http.until("/api/workers", list -> list.list("workers").isEmpty());

    Value why = why(submit("{\"operation\":\"carve\"}"), "no_worker");
    assertTrue(why.text("message").contains("the last one, 'wim', left"), why::toString);
  }

  @Test
  void theOnlyOneItIsForIsAbsent() {
    http.post("/api/tasks", "{\"operation\":\"carve\",\"worker\":\"wim\"}")
        .problem(404, "unknown_worker");
    try (Socket wim = http.socket()) {
      wim.register("wim", ",\"role\":\"worker\",\"operations\":[\"carve\"]");
      submit("{\"operation\":\"carve\"}");
      wim.next("task");
      String id = submit("{\"operation\":\"carve\",\"worker\":\"wim\"}");
      wim.say("{\"type\":\"quit\"}");
      wim.awaitClose();

      Value why = why(id, "worker_absent");
      assertTrue(why.text("message").contains("'wim'"), why::toString);
      assertEquals(1, why.number("position"));
    }
  }

  @Test
  void allAreBusyAndThenOneIsNot() {
    edge.worker(
        "wim",
        1,
        Map.of(
            "slow",
            _ -> {
              go.await();
              return null;
            }));
    String first = submit("{\"operation\":\"slow\"}");
    http.until("/api/tasks/" + first, task -> task.text("state").equals("running"));
    assertFalse(http.get("/api/tasks/" + first).json().has("why"));
    String second = submit("{\"operation\":\"slow\"}");
    String third = submit("{\"operation\":\"slow\",\"priority\":9}");

    assertEquals(2, why(second, "all_busy").number("position"));
    assertEquals(1, why(third, "all_busy").number("position"));
    go.countDown();
    assertEquals("done", http.get("/api/tasks/" + second + "?wait=30s").json().text("state"));
  }

  @Test
  void itIsNotDueYet() {
    String id = submit("{\"operation\":\"carve\",\"delay_ms\":600000}");
    Value task = http.get("/api/tasks/" + id).json();
    assertEquals("scheduled", task.text("why", "code"));
    assertEquals(task.number("run_at"), task.number("why", "at"));
  }

  @Test
  void itFailedAndWaitsForTheNextAttempt() {
    edge.worker(
        "wim",
        1,
        Map.of(
            "flaky",
            _ -> {
              throw new OperationException("broke", "no", true);
            }));
    Value why = why(submit("{\"operation\":\"flaky\",\"backoff_ms\":600000}"), "backoff");
    assertTrue(why.text("message").startsWith("attempt 1 of 3 failed"), why::toString);
    assertTrue(why.number("at") > System.currentTimeMillis());
  }

  @Test
  void theOnlyOneThatKnowsItWantsNoMore() {
    edge.worker(
        "wim",
        2,
        Map.of(
            "slow",
            _ -> {
              go.await();
              return null;
            }));
    String first = submit("{\"operation\":\"slow\"}");
    http.until("/api/tasks/" + first, task -> task.text("state").equals("running"));
    assertEquals(1, http.post("/api/workers/WIM/drain", "").json().number("running"));

    Value why = why(submit("{\"operation\":\"slow\"}"), "draining");
    assertTrue(why.text("message").contains("'wim'"), why::toString);
  }
}
