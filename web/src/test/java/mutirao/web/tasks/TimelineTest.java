package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.OperationException;
import mutirao.server.Storage;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to one task, step by step. */
class TimelineTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private String submit(String task) {
    return http.post("/api/tasks", task).json(202).text("task");
  }

  private Value ended(String id) {
    Value task = http.get("/api/tasks/" + id + "?wait=30s").json();
    assertTrue(task.has("finished_at"), task::toString);
    assertTrue(task.flag("timeline_complete"));
    assertFalse(task.has("why"));
    return task;
  }

  private static List<String> events(Value task) {
    return task.list("timeline").stream().map(step -> step.text("event")).toList();
  }

  @Test
  void anAttemptThatFailsIsFollowedByAnother() {
    edge.worker(
        "wim",
        1,
        Map.of(
            "flaky",
            task -> {
              if (task.attempt() == 1) {
                throw new OperationException("broke", "the saw is blunt", true);
              }
              return "ok";
            }));
    Value task = ended(submit("{\"operation\":\"flaky\",\"backoff_ms\":0}"));

    assertEquals(List.of("accepted", "started", "retry", "started", "done"), significant(task));
    Value retry = first(task, "retry");
    assertEquals("broke", retry.text("detail", "code"));
    assertEquals("wim", retry.text("worker"));
    assertEquals(1, retry.number("attempt"));
    assertEquals(2, task.number("attempt"));
    long before = 0;
    for (Value step : task.list("timeline")) {
      assertTrue(step.number("at") >= before, task::toString);
      before = step.number("at");
    }
  }

  private static Value first(Value task, String event) {
    return task.list("timeline").stream()
        .filter(step -> step.text("event").equals(event))
        .findFirst()
        .orElseThrow();
  }

  /** Whether it is due at once or a moment later is up to the clock. */
  private static List<String> significant(Value task) {
    return events(task).stream().filter(event -> !event.equals("queued")).toList();
  }

  @Test
  void aWorkerThatIsLostIsNamed() {
    try (Socket leaver = http.socket()) {
      leaver.register("leaver", ",\"role\":\"worker\",\"operations\":[\"build\"]");
      String id = submit("{\"operation\":\"build\"}");
      leaver.next("task");
      leaver.say("{\"type\":\"quit\"}");
      leaver.awaitClose();
      edge.worker("wim", 1, Map.of("build", _ -> "ok"));
      Value task = ended(id);

      assertEquals(
          List.of("accepted", "started", "worker_lost", "started", "done"), significant(task));
      for (String event : List.of("started", "worker_lost")) {
        Value step = first(task, event);
        assertEquals("leaver", step.text("worker"));
        assertEquals(1, step.number("attempt"));
      }
      assertEquals("wim", task.text("worker"));
    }
  }

  @Test
  void anAttemptThatIsNeverReportedTimesOut() {
    try (Socket silent = http.socket()) {
      silent.register("silent", ",\"role\":\"worker\",\"operations\":[\"build\"]");
      String id = submit("{\"operation\":\"build\",\"timeout_ms\":50,\"max_attempts\":1}");
      silent.next("task");
      Value task = ended(id);

      assertEquals("failed", task.text("state"));
      assertEquals(List.of("accepted", "started", "failed"), significant(task));
      assertTrue(task.has("error"), task::toString);
    }
  }

  @Test
  void aWaitEndsTheWayItWasAskedTo() {
    String expired = submit("{\"operation\":\"nobody\",\"expires_ms\":1}");
    assertEquals(List.of("accepted", "expired"), significant(ended(expired)));

    String cancelled = submit("{\"operation\":\"nobody\",\"delay_ms\":600000}");
    http.post("/api/tasks/" + cancelled + "/cancel", "").json();
    assertEquals(List.of("accepted", "scheduled", "cancelled"), events(ended(cancelled)));

    edge.worker("wim", 1, Map.of("quick", _ -> 1));
    String delayed = submit("{\"operation\":\"quick\",\"delay_ms\":30}");
    List<String> events = events(ended(delayed));
    assertEquals(List.of("accepted", "scheduled"), events.subList(0, 2));
    assertEquals("done", events.getLast());
  }

  @Test
  void aRunningAttemptTellsHowFarItIs() {
    CountDownLatch go = new CountDownLatch(1);
    edge.worker(
        "wim",
        1,
        Map.of(
            "slow",
            task -> {
              task.progress(42.5, "half the wall");
              go.await();
              return null;
            }));
    String id = submit("{\"operation\":\"slow\"}");
    Value task = http.until("/api/tasks/" + id, seen -> seen.has("progress"));
    assertEquals("half the wall", task.text("progress", "message"));
    assertEquals("42.5", task.at("progress", "percent").toString());

    go.countDown();
    assertFalse(ended(id).has("progress"));
  }

  @Test
  void afterARestartItIsNotWhole(@TempDir Path folder) throws Exception {
    Storage storage = new Storage(folder, Storage.Sync.NONE);
    String id;
    try (Edge before = Edge.of(Edge.CONFIG.withStorage(storage))) {
      before.worker("wim", 1, Map.of("quick", _ -> 7));
      id =
          before
              .http()
              .post("/api/tasks?wait=30s", "{\"operation\":\"quick\"}")
              .json(200)
              .text("task");
    }
    try (Edge after = Edge.of(Edge.CONFIG.withStorage(storage))) {
      Value task = after.http().get("/api/tasks/" + id).json();
      assertEquals(7, task.number("result"));
      assertFalse(task.flag("timeline_complete"));
      assertEquals(List.of("accepted", "started", "done"), events(task));
      assertEquals("wim", task.list("timeline").get(1).text("worker"));
    }
  }
}
