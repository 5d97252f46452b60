package mutirao.web.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoClient;
import mutirao.client.OperationException;
import mutirao.protocol.AccountRole;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Events;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final String NOBODY = "{\"operation\":\"nobody\"}";

  private static List<String> changes(Events events, String task, String last) {
    List<String> told = new ArrayList<>();
    while (!told.contains(last)) {
      for (Value change : events.next("tasks", _ -> true).list("changes")) {
        if (change.text("task").equals(task)) {
          told.add(change.text("event"));
        }
      }
    }
    return told;
  }

  @Test
  void tellsOfEachStepOfATask() throws Exception {
    try (Edge edge = Edge.open();
        Events events = edge.http().events("tasks")) {
      edge.worker(
          "wim",
          1,
          Map.of(
              "flaky",
              task -> {
                if (task.attempt() == 1) {
                  throw new OperationException("broke", "no", true);
                }
                return 1;
              }));
      String task =
          edge.http()
              .post("/api/tasks", "{\"operation\":\"flaky\",\"backoff_ms\":0}")
              .json(202)
              .text("task");
      List<String> told = changes(events, task, "done");
      told.removeAll(List.of("queued"));
      assertEquals(List.of("accepted", "started", "retry", "started", "done"), told);
    }
  }

  @Test
  void saysWhichAttemptAndWhose() throws Exception {
    try (Edge edge = Edge.open();
        Events events = edge.http().events("tasks")) {
      edge.worker("wim", 1, Map.of("quick", _ -> 1));
      edge.http().post("/api/tasks", "{\"operation\":\"quick\"}").json(202);
      List<Value> all = new ArrayList<>();
      while (all.stream().noneMatch(change -> change.text("event").equals("done"))) {
        all.addAll(events.next("tasks", _ -> true).list("changes"));
      }
      for (Value change : all) {
        boolean begun = List.of("started", "done").contains(change.text("event"));
        assertEquals(begun, change.has("attempt"), change::toString);
        assertEquals(begun, change.has("worker"), change::toString);
        assertEquals("web", change.text("submitter"));
      }
    }
  }

  @Test
  void countsWhatItLeavesOut() throws Exception {
    try (Edge edge = Edge.open();
        Events events = edge.http().events("tasks")) {
      String batch = "{\"tasks\":[" + String.join(",", Collections.nCopies(600, NOBODY)) + "]}";
      edge.http().post("/api/tasks/batch", batch).json();

      long told = 0;
      long skipped = 0;
      while (told + skipped < 1200) {
        Value tasks = events.next("tasks", _ -> true);
        assertTrue(tasks.list("changes").size() <= 100);
        told += tasks.list("changes").size();
        skipped += tasks.number("skipped");
      }
      assertEquals(1200, told + skipped);
      assertTrue(skipped > 0);
    }
  }

  @Test
  void tellsWhoComesAndGoesAndThatSomethingWasSaid() throws Exception {
    try (Edge edge = Edge.open();
        Events events = edge.http().events("people,messages")) {
      try (MutiraoClient ana = edge.client(edge.options("ana"))) {
        Value joined = events.next("people", person -> person.text("name").equals("ana"));
        assertEquals("joined", joined.text("event"));
        assertEquals("client", joined.text("role"));
        ana.broadcast("segredo").await();
        Value said = events.next("messages", _ -> true);
        assertEquals("ana", said.text("sender"));
        assertEquals("lobby", said.text("room"));
        assertEquals(1, said.number("seq"));
        assertFalse(said.toString().contains("segredo"));
        ana.quit();
      }
      Value left = events.next("people", person -> person.text("name").equals("ana"));
      assertEquals("left", left.text("event"));
    }
  }

  @Test
  void problemsAreToldWhenTheyChange() throws Exception {
    try (Edge edge = Edge.open()) {
      edge.http().until("/api/figures", figures -> figures.has("at"));
      try (Events events = edge.http().events("problems,figures")) {
        assertEquals(List.of(), events.next("problems", _ -> true).at("problems").json());
        edge.http().post("/api/tasks", NOBODY).json(202);
        Value found = events.next("problems", _ -> true);
        assertEquals("no_worker", found.text("problems", 0, "code"));
        assertEquals("error", found.text("problems", 0, "severity"));
        assertTrue(found.text("problems", 0, "message").contains("'nobody'"));

        for (int i = 0; i < 2; i++) {
          Events.Event event = events.next();
          assertEquals("figures", event.topic(), event::toString);
          assertEquals("no_worker", event.json().text("problems", 0, "code"));
        }
        edge.worker("wim", 1, Map.of("nobody", _ -> 1));
        assertEquals(List.of(), events.next("problems", _ -> true).at("problems").json());
      }
    }
  }

  @Test
  void theGroupIsToldAtOnceAndThenNowAndAgain() throws Exception {
    try (Edge edge = Edge.open()) {
      edge.http().until("/api/figures", figures -> figures.has("at"));
      try (Events events = edge.http().events("cluster")) {
        for (int i = 0; i < 2; i++) {
          Value cluster = events.next("cluster", _ -> true);
          assertEquals("node-1", cluster.text("leader"));
          assertEquals("leader", cluster.text("servers", 0, "state"));
        }
      }
    }
  }

  @Test
  void aMemberSeesItsOwnTasksOnly() throws Exception {
    try (Edge edge = Edge.withAdmin()) {
      MutiraoClient users = edge.admin();
      Http ana = edge.http().token(edge.token(users, Edge.ADMIN));
      Http bruno = edge.http().token(edge.user(users, "bruno", AccountRole.MEMBER));
      try (Events all = ana.events("tasks");
          Events own = bruno.events("tasks")) {
        String first = ana.post("/api/tasks", NOBODY).json(202).text("task");
        changes(all, first, "accepted");
        String second = bruno.post("/api/tasks", NOBODY).json(202).text("task");
        changes(all, second, "accepted");

        Value told = own.next("tasks", _ -> true);
        assertTrue(
            told.list("changes").stream().allMatch(change -> change.text("task").equals(second)),
            told::toString);
        assertEquals(0, told.number("skipped"));
      }
    }
  }

  @Test
  void aWorkersLoginHearsNeitherOfTasksNorOfMessages() throws Exception {
    try (Edge edge = Edge.withAdmin()) {
      MutiraoClient users = edge.admin();
      Http ana = edge.http().token(edge.token(users, Edge.ADMIN));
      Http wim = edge.http().token(edge.user(users, "wim", AccountRole.WORKER));
      wim.until("/api/figures", figures -> figures.has("at"));
      try (Events all = ana.events("tasks,messages");
          Events some = wim.events("tasks,messages,figures")) {
        assertEquals(200, some.status());
        changes(all, ana.post("/api/tasks", NOBODY).json(202).text("task"), "accepted");
        ana.post("/api/rooms/lobby/messages", "{\"message\":\"oi\"}").json(201);
        all.next("messages", _ -> true);
        for (int i = 0; i < 3; i++) {
          Events.Event event = some.next();
          assertEquals("figures", event.topic(), event::toString);
        }
      }
    }
  }
}
