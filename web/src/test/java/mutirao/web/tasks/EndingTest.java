package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mutirao.client.OperationException;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelling and doing again, one and many. */
class EndingTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private String submit(String task) {
    return http.post("/api/tasks", task).json(202).text("task");
  }

  private String state(String id) {
    return http.get("/api/tasks/" + id).json().text("state");
  }

  @Test
  void whatWaitsIsCancelledOnce() {
    String id = submit("{\"operation\":\"nobody\"}");
    Value cancelled = http.post("/api/tasks/" + id + "/cancel", "").json();
    assertEquals("cancelled", cancelled.text("state"));
    assertEquals(id, cancelled.text("task"));
    assertEquals("cancelled", state(id));

    Value problem = http.post("/api/tasks/" + id + "/cancel", "").problem(409, "invalid");
    assertEquals("the task is finished already", problem.text("detail"));
    http.post("/api/tasks/none/cancel", "").problem(404, "unknown_task");
    http.post("/api/tasks/none/retry", "").problem(404, "unknown_task");
  }

  @Test
  void whatRunsIsCancelledAtItsWorker() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    edge.worker(
        "wim",
        1,
        Map.of(
            "slow",
            _ -> {
              begun.countDown();
              try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
              } finally {
                interrupted.countDown();
              }
            }));
    String id = submit("{\"operation\":\"slow\"}");
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    http.post("/api/tasks/" + id + "/cancel", "").json();

    assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    assertEquals("cancelled", state(id));
    http.until("/api/workers", list -> list.number("workers", 0, "busy") == 0);
  }

  @Test
  void againIsANewTaskOfTheSameKind() {
    edge.worker(
        "wim",
        1,
        Map.of(
            "fails",
            task -> {
              throw new OperationException("broke", task.text("text"), false);
            }));
    String first =
        submit(
            "{\"operation\":\"fails\",\"params\":{\"text\":\"x\"},\"priority\":7,\"key\":\"k\","
                + "\"max_attempts\":5,\"timeout_ms\":7000}");
    assertEquals("failed", http.get("/api/tasks/" + first + "?wait=30s").json().text("state"));
    String second = http.post("/api/tasks/" + first + "/retry", "").json(202).text("task");
    assertNotEquals(first, second);
    Value again = http.get("/api/tasks/" + second + "?wait=30s").json();

    assertEquals("failed", again.text("state"));
    assertEquals("x", again.text("error", "message"));
    assertEquals("x", again.text("params", "text"));
    assertEquals(7, again.number("priority"));
    assertEquals(5, again.number("max_attempts"));
    assertEquals(7000, again.number("timeout_ms"));
    assertFalse(again.has("key"));
    assertEquals("failed", state(first));
  }

  @Test
  void manyAreAnsweredInTheirOrder() {
    String waiting = submit("{\"operation\":\"nobody\"}");
    String over = submit("{\"operation\":\"nobody\"}");
    http.post("/api/tasks/" + over + "/cancel", "").json();
    String ids = "{\"tasks\":[\"" + waiting + "\",\"" + over + "\",\"none\",7]}";

    Value cancelled = http.post("/api/tasks/cancel", ids).json();
    assertEquals(4, cancelled.list("results").size());
    assertTrue(cancelled.flag("results", 0, "ok"));
    assertEquals(waiting, cancelled.text("results", 0, "task"));
    assertFalse(cancelled.flag("results", 1, "ok"));
    assertEquals(409, cancelled.number("results", 1, "error", "status"));
    assertEquals("unknown_task", cancelled.text("results", 2, "error", "code"));
    assertEquals("unknown_task", cancelled.text("results", 3, "error", "code"));

    Value again = http.post("/api/tasks/retry", ids).json();
    assertTrue(again.flag("results", 0, "ok"));
    assertEquals("queued", state(again.text("results", 1, "new_task")));
    assertEquals("unknown_task", again.text("results", 2, "error", "code"));
    assertEquals("cancelled", state(waiting));
  }
}
