package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.OperationException;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    go.countDown();
    edge.close();
  }

  private void worker(String name) {
    edge.worker(
        name,
        2,
        Map.of(
            "slow",
            _ -> {
              go.await();
              return null;
            },
            "quick",
            _ -> 1,
            "fails",
            _ -> {
              throw new OperationException("broke", "no", false);
            }));
  }

  @Test
  void showsWhatEachHasAndHasDone() {
    worker("wim");
    Value fresh = http.get("/api/workers").json().at("workers", 0);
    assertEquals("wim", fresh.text("name"));
    assertEquals(2, fresh.number("slots"));
    assertEquals(3, fresh.list("operations").size());
    assertEquals(null, fresh.at("last_finished_at").json());
    assertEquals("node-1", fresh.text("node"));

    http.post("/api/tasks?wait=30s", "{\"operation\":\"quick\"}").json(200);
    http.post("/api/tasks?wait=30s", "{\"operation\":\"fails\"}").json(200);
    String running = http.post("/api/tasks", "{\"operation\":\"slow\"}").json(202).text("task");
    Value busy =
        http.until("/api/workers", list -> list.number("workers", 0, "busy") == 1).at("workers", 0);
    assertEquals(List.of(running), busy.at("running").json());
    assertEquals(1, busy.number("done"));
    assertEquals(1, busy.number("failed"));
    assertTrue(busy.number("last_finished_at") > 0);
    assertTrue(busy.flag("connected"));
  }

  @Test
  void oneThatIsDrainedFinishesAndGetsNoMore() {
    worker("wim");
    String first = http.post("/api/tasks", "{\"operation\":\"slow\"}").json(202).text("task");
    http.until("/api/tasks/" + first, task -> task.text("state").equals("running"));
    assertFalse(http.get("/api/workers").json().flag("workers", 0, "draining"));
    Value drained = http.post("/api/workers/wim/drain", "").json();
    assertEquals("wim", drained.text("name"));
    assertEquals(1, drained.number("running"));
    assertTrue(http.get("/api/workers").json().flag("workers", 0, "draining"));

    String second = http.post("/api/tasks", "{\"operation\":\"quick\"}").json(202).text("task");
    assertEquals("queued", http.get("/api/tasks/" + second).json().text("state"));
    go.countDown();
    assertEquals("done", http.get("/api/tasks/" + first + "?wait=30s").json().text("state"));
    worker("bia");
    Value task = http.get("/api/tasks/" + second + "?wait=30s").json();
    assertEquals("bia", task.text("worker"));
    http.post("/api/workers/zeca/drain", "").problem(404, "unknown_worker");
  }
}
