package mutirao.web.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.OperationException;
import mutirao.server.Storage;
import mutirao.web.kit.Await;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures, and the same figures for Prometheus. */
class FiguresTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    go.countDown();
    edge.close();
  }

  private void work() {
    edge.worker(
        "wim",
        2,
        Map.of(
            "quick",
            _ -> 1,
            "slow",
            _ -> {
              go.await();
              return null;
            },
            "fails",
            _ -> {
              throw new OperationException("broke", "no", false);
            }));
    http.post("/api/tasks?wait=30s", "{\"operation\":\"quick\"}").json(200);
    http.post("/api/tasks?wait=30s", "{\"operation\":\"fails\"}").json(200);
    http.post("/api/tasks", "{\"operation\":\"slow\"}").json(202);
    http.post("/api/tasks", "{\"operation\":\"nobody\"}").json(202);
    http.post("/api/tasks", "{\"operation\":\"nobody\"}").json(202);
    http.post("/api/tasks", "{\"operation\":\"quick\",\"delay_ms\":600000}").json(202);
    http.post("/api/rooms/lobby/messages", "{\"message\":\"oi\"}").json(201);
  }

  @Test
  void countWhatThereIs() {
    work();
    Value figures =
        http.until("/api/figures", seen -> seen.has("tasks") && seen.number("tasks", "kept") == 6);
    assertEquals(2, figures.number("tasks", "queued"));
    assertEquals(1, figures.number("tasks", "running"));
    assertEquals(1, figures.number("tasks", "scheduled"));
    assertEquals(2, figures.number("slots", "total"));
    assertEquals(1, figures.number("slots", "busy"));
    assertEquals(1, figures.number("workers"));
    assertEquals(1, figures.number("clients"));
    assertEquals(2, figures.number("connections"));
    assertEquals("nobody", figures.text("queues", 0, "operation"));
    assertEquals(2, figures.number("queues", 0, "queued"));
    assertEquals(0, figures.number("queues", 0, "workers"));
    assertTrue(figures.number("oldest_queued_at") > 0);
    assertEquals("node-1", figures.text("leader"));
    assertFalse(figures.has("disk"));
    int points = figures.list("series", "at").size();
    for (String line : List.of("accepted", "finished", "failed", "queued", "running")) {
      assertEquals(points, figures.list("series", line).size());
    }
    assertTrue(
        http.until("/api/figures", seen -> seen.list("series", "at").size() > points)
                .list("series", "queued")
                .size()
            > points);
  }

  @Test
  void nameWhatAnOperatorShouldLookAt() {
    edge.worker(
        "wim",
        4,
        Map.of(
            "fails",
            _ -> {
              throw new OperationException("broke", "no", false);
            }));
    http.until("/api/figures", figures -> figures.has("problems"));
    String batch =
        "{\"tasks\":["
            + String.join(",", Collections.nCopies(12, "{\"operation\":\"fails\"}"))
            + "]}";
    http.post("/api/tasks/batch", batch).json();
    http.post("/api/tasks", "{\"operation\":\"carve\"}").json(202);

    Value found = http.until("/api/figures", figures -> figures.list("problems").size() == 2);
    assertEquals("no_worker", found.text("problems", 0, "code"));
    assertEquals("/tasks?state=queued&operation=carve", found.text("problems", 0, "link"));
    assertEquals("failing", found.text("problems", 1, "code"));
    assertEquals("error", found.text("problems", 1, "severity"));
    Value portuguese = http.with("Accept-Language", "pt-BR").get("/api/figures").json();
    assertTrue(
        portuguese.text("problems", 1, "message").contains("falharam"), portuguese::toString);
  }

  @Test
  void tellOfTheDiskWhereThereIsOne(@TempDir Path folder) throws Exception {
    Storage storage = new Storage(folder, Storage.Sync.NONE);
    try (Edge kept = Edge.of(Edge.CONFIG.withStorage(storage))) {
      Value figures = kept.http().until("/api/figures", seen -> seen.has("disk"));
      assertTrue(figures.number("disk", "used") > 0);
      assertTrue(figures.number("disk", "free") > 0);
    }
  }

  private double metric(String name) {
    return http.get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private void awaitMetric(String name, double value) {
    Await.until(() -> metric(name), now -> now == value);
  }

  @Test
  void metricsMove() {
    for (String total : List.of("accepted", "finished", "failed")) {
      assertEquals(0, metric("mutirao_tasks_" + total + "_total"), total);
    }
    work();
    assertEquals(6, metric("mutirao_tasks_accepted_total"));
    assertEquals(2, metric("mutirao_tasks_finished_total"));
    assertEquals(1, metric("mutirao_tasks_failed_total"));
    assertEquals(1, metric("mutirao_messages_total"));
    assertEquals(3, metric("mutirao_task_start_seconds_count"));
    assertEquals(1, metric("mutirao_task_finish_seconds_count"));
    assertEquals(1, metric("mutirao_task_finish_seconds_bucket{le=\"3600.0\"}"));
    awaitMetric("mutirao_tasks_queued", 2);
    awaitMetric("mutirao_tasks_running", 1);
    awaitMetric("mutirao_tasks_queued_by_operation{operation=\"nobody\"}", 2);
    awaitMetric("mutirao_slots_busy", 1);
    awaitMetric("mutirao_workers", 1);
    awaitMetric("mutirao_problems", 1);
    awaitMetric("mutirao_raft_leader", 1);
    assertTrue(metric("mutirao_log_index") > 0);
    assertTrue(metric("mutirao_raft_committed{server=\"node-1\"}") > 0);
    assertTrue(metric("process_uptime_seconds") > 0);
    assertEquals("text/plain", http.get("/metrics").type());
  }
}
