package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListTest {
  private static final int BATCH = 1000;

  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private String submit(String more) {
    return http.post("/api/tasks", "{\"operation\":\"nobody\"" + more + "}").json(202).text("task");
  }

  private static List<String> ids(Value page) {
    return page.list("tasks").stream().map(task -> task.text("task")).toList();
  }

  @Test
  void newestFirstAndByPages() {
    List<String> submitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      submitted.add(submit(""));
    }
    Value first = http.get("/api/tasks?limit=2").json();
    Value second = http.get("/api/tasks?limit=2&before=" + first.text("next")).json();
    Value third = http.get("/api/tasks?limit=2&before=" + second.text("next")).json();
    List<String> listed = new ArrayList<>(ids(first));
    listed.addAll(ids(second));
    listed.addAll(ids(third));

    Collections.reverse(submitted);
    assertEquals(submitted, listed);
    assertEquals(null, third.at("next").json());
  }

  @Test
  void byEveryFilter() {
    edge.worker("wim", 1, Map.of("quick", _ -> 1));
    edge.worker("bia", 1, Map.of("quick", _ -> 2));
    MutiraoClient ana = edge.client(edge.options("ana"));
    ana.submit(TaskRequest.of("quick").worker("wim")).result().await();
    ana.submit(TaskRequest.of("quick").worker("bia")).result().await();
    try (Socket zeca = http.socket()) {
      zeca.register("Zeca", ",\"role\":\"worker\",\"operations\":[\"nobody\"]");
      submit(",\"worker\":\"zeca\"");
      zeca.next("task");
      submit(",\"worker\":\"zeca\"");
    }
    String scheduled = submit(",\"delay_ms\":600000");

    assertEquals(5, ids(http.get("/api/tasks").json()).size());
    assertEquals(2, ids(http.get("/api/tasks?state=done").json()).size());
    assertEquals(List.of(scheduled), ids(http.get("/api/tasks?state=scheduled").json()));
    assertEquals(2, ids(http.get("/api/tasks?operation=quick").json()).size());
    assertEquals(2, ids(http.get("/api/tasks?submitter=ANA").json()).size());
    assertEquals(3, ids(http.get("/api/tasks?submitter=web").json()).size());
    assertEquals(1, ids(http.get("/api/tasks?worker=Wim").json()).size());
    assertEquals(2, ids(http.get("/api/tasks?worker=ZECA").json()).size());
    assertEquals(List.of(), ids(http.get("/api/tasks?worker=wim&state=queued").json()));
  }

  @Test
  void pagesGoOnAlthoughTheyAreEmpty() {
    String rare = submit("");
    http.post("/api/tasks/" + rare + "/cancel", "").json();
    String batch =
        "{\"tasks\":["
            + String.join(",", Collections.nCopies(BATCH, "{\"operation\":\"nobody\"}"))
            + "]}";
    for (int i = 0; i < 20; i++) {
      assertEquals(BATCH, http.post("/api/tasks/batch", batch).json().list("tasks").size());
    }

    List<String> found = new ArrayList<>();
    int empty = 0;
    String next = "";
    for (@Nullable Object cursor = ""; cursor != null; ) {
      Value page = http.get("/api/tasks?state=cancelled" + next).json();
      found.addAll(ids(page));
      empty += ids(page).isEmpty() ? 1 : 0;
      cursor = page.at("next").json();
      next = "&before=" + cursor;
    }
    assertEquals(List.of(rare), found);
    assertTrue(empty > 0, "one page was enough: this shows nothing");

    List<String> all = new ArrayList<>();
    Value page = http.get("/api/tasks?limit=1000").json();
    all.addAll(ids(page));
    while (page.at("next").json() != null) {
      page = http.get("/api/tasks?limit=1000&before=" + page.text("next")).json();
      all.addAll(ids(page));
    }
    assertEquals(20 * BATCH + 1, all.size());
    assertEquals(all.size(), new HashSet<>(all).size());
    assertEquals(all.stream().sorted(Comparator.reverseOrder()).toList(), all);
  }
}
