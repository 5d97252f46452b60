package mutirao.web.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mutirao.client.ops.BuiltInOperations;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Socket;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmitTest {
  private static final String SUM =
      "{\"operation\":\"sum\",\"params\":{\"numbers\":[10,20,30,40]}}";

  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private void worker() {
    edge.worker("oficina", 2, BuiltInOperations.all());
  }

  @Test
  void isAcceptedAndToBeFoundWhereTheAnswerSays() {
    Answer answer = http.post("/api/tasks", SUM);
    Value accepted = answer.json(202);
    assertEquals("queued", accepted.text("state"));
    assertFalse(accepted.has("duplicate"));

    Value task = http.get(Objects.requireNonNull(answer.header("Location"))).json();
    assertEquals(accepted.text("task"), task.text("task"));
    assertEquals("sum", task.text("operation"));
    assertEquals(List.of(10L, 20L, 30L, 40L), task.at("params", "numbers").json());
  }

  @Test
  void waitsForTheEnd() throws Exception {
    CompletableFuture<Answer> asked =
        CompletableFuture.supplyAsync(
            () -> http.post("/api/tasks?wait=30s", SUM), Thread::startVirtualThread);
    http.until("/api/tasks", list -> list.list("tasks").size() == 1);
    worker();

    Value task = asked.get(30, TimeUnit.SECONDS).json(200);
    assertEquals("done", task.text("state"));
    assertEquals(100, task.number("result"));
    assertEquals("oficina", task.text("worker"));
  }

  @Test
  void waitsNoLongerThanItWasAskedTo() {
    Value accepted = http.post("/api/tasks?wait=20ms", SUM).json(202);
    assertEquals("worker", accepted.text("waiting_for"));

    Value task = http.get("/api/tasks/" + accepted.text("task") + "?wait=20ms").json();
    assertEquals("queued", task.text("state"));
  }

  @Test
  void whoLooksMayWaitToo() throws Exception {
    String id = http.post("/api/tasks", SUM).json(202).text("task");
    CompletableFuture<Answer> asked =
        CompletableFuture.supplyAsync(
            () -> http.get("/api/tasks/" + id + "?wait=30s"), Thread::startVirtualThread);
    worker();

    assertEquals("done", asked.get(30, TimeUnit.SECONDS).json().text("state"));
    assertEquals("done", http.get("/api/tasks/" + id + "?wait=30s").json().text("state"));
  }

  @Test
  void aKeyStandsForOneTask() {
    String keyed = SUM.replace("}}", "},\"key\":\"bill-17\"}");
    Value first = http.post("/api/tasks", keyed).json(202);
    Value second = http.post("/api/tasks", keyed).json(202);
    assertEquals(first.text("task"), second.text("task"));
    assertTrue(second.flag("duplicate"));

    Value problem = http.post("/api/tasks", keyed.replace("sum", "max")).problem(409, "invalid");
    assertEquals("key", problem.text("field"));
  }

  @Test
  void whatIsNotDueYetIsScheduled() {
    String later = SUM.replace("}}", "},\"delay_ms\":600000}");
    Value accepted = http.post("/api/tasks", later).json(202);
    assertEquals("scheduled", accepted.text("state"));

    Value task = http.get("/api/tasks/" + accepted.text("task")).json();
    assertEquals(600_000, task.number("run_at") - task.number("accepted_at"));
    assertEquals("scheduled", task.text("why", "code"));
  }

  @Test
  void manyAtOnceAreAnsweredInTheirOrder() {
    worker();
    Value answers =
        http.post(
                "/api/tasks/batch",
                "{\"tasks\":["
                    + SUM
                    + ",{\"operation\":\"\"},7,{\"operation\":\"sum\",\"priority\":10},"
                    + SUM
                    + "]}")
            .json();

    assertEquals(5, answers.list("tasks").size());
    assertEquals("queued", answers.text("tasks", 0, "state"));
    assertEquals("operation", answers.text("tasks", 1, "error", "field"));
    assertEquals("tasks", answers.text("tasks", 2, "error", "field"));
    assertEquals(400, answers.number("tasks", 3, "error", "status"));
    assertNotEquals(answers.text("tasks", 0, "task"), answers.text("tasks", 4, "task"));
    for (int i : new int[] {0, 4}) {
      String id = answers.text("tasks", i, "task");
      assertEquals(100, http.get("/api/tasks/" + id + "?wait=30s").json().number("result"));
    }
    assertEquals(List.of(), http.post("/api/tasks/batch", "{\"tasks\":[]}").json().list("tasks"));
  }

  @Test
  void manyAtOnceAreWaitedForTogether() throws Exception {
    String three = "{\"tasks\":[" + SUM + ",7," + SUM + "," + SUM + "]}";
    CompletableFuture<Answer> asked =
        CompletableFuture.supplyAsync(
            () -> http.post("/api/tasks/batch?wait=30s", three), Thread::startVirtualThread);
    http.until("/api/tasks", list -> list.list("tasks").size() == 3);
    worker();

    Value answers = asked.get(30, TimeUnit.SECONDS).json();
    for (int i : new int[] {0, 2, 3}) {
      assertEquals("done", answers.text("tasks", i, "state"));
      assertEquals(100, answers.number("tasks", i, "result"));
    }
    assertEquals("tasks", answers.text("tasks", 1, "error", "field"));
  }

  @Test
  void ofManyThoseThatEndedInTimeAreTold() {
    String ended = SUM.replace("}}", "},\"key\":\"ended\"}");
    String one = "{\"tasks\":[" + ended + ",{\"operation\":\"nobody_can\"}]}";
    worker();
    http.post("/api/tasks?wait=30s", ended).json(200);

    Value answers = http.post("/api/tasks/batch?wait=20ms", one).json();
    assertEquals(100, answers.number("tasks", 0, "result"));
    assertEquals("queued", answers.text("tasks", 1, "state"));
    assertFalse(answers.at("tasks", 1).has("params"));
  }

  @Test
  void whatNoWorkerCouldBeToldIsTooLarge() {
    int most = Edge.CONFIG.maxFrameBytes();
    String params = "{\"text\":\"" + "x".repeat(most) + "\"}";
    http.post("/api/tasks", "{\"operation\":\"reverse\",\"params\":" + params + "}")
        .problem(413, "too_large");
    http.post("/api/tasks", "{\"operation\":\"" + "x".repeat(9 * most) + "\"}")
        .problem(413, "too_large");

    worker();
    assertEquals(100, http.post("/api/tasks?wait=30s", SUM).json(200).number("result"));
  }

  @Test
  void takesJsonAsPeopleWriteIt() {
    worker();
    String pretty = " \n\t" + SUM.replace("{", "{\n  ").replace(",", ",\r\n") + "\n";
    assertEquals(100, http.post("/api/tasks?wait=30s", pretty).json(200).number("result"));
  }

  @Test
  void takesNothingThatIsNotUtf8() {
    byte[] latin = "{\"operation\":\"sum\",\"params\":\"ação\"}".getBytes(ISO_8859_1);
    http.post("/api/tasks", latin).problem(400, "malformed");
  }

  @Test
  void paramsStayByteForByte() {
    String params = "{ \"b\":1.50,  \"a\":1e3}";
    String id =
        http.post("/api/tasks", "{\"operation\":\"x\",\"params\":" + params + "}")
            .json(202)
            .text("task");
    assertTrue(http.get("/api/tasks/" + id).text().contains("\"params\":" + params));
  }

  @Test
  void aTraceIsHandedOnToTheWorker() {
    String header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String own = header.replace("4bf9", "0000");
    try (Socket worker = http.socket()) {
      worker.register("oficina", ",\"role\":\"worker\",\"operations\":[\"sum\"],\"slots\":9");
      http.with("traceparent", header).post("/api/tasks", SUM).json(202);
      assertEquals(header, worker.next("task").text("traceparent"));
      String with = SUM.replace("}}", "},\"traceparent\":\"" + own + "\"}");
      http.with("traceparent", header).post("/api/tasks", with).json(202);
      assertEquals(own, worker.next("task").text("traceparent"));
      http.with("traceparent", header).post("/api/tasks/batch", "{\"tasks\":[" + SUM + "]}").json();
      assertEquals(header, worker.next("task").text("traceparent"));
      http.with("traceparent", "nonsense").post("/api/tasks", SUM).json(202);
      assertFalse(worker.next("task").has("traceparent"));
    }
  }

  @Test
  void tellsWhatIsWrongInTheLanguageThatIsAskedFor() {
    Map<String, String> wanted =
        Map.of(
            "pt-BR,pt;q=0.9", "pt-BR",
            "fr, en;q=0.2, pt;q=0.7, *;q=0.1", "pt-BR",
            "pt;q=0, en", "en",
            "en-US", "en",
            "de", "en",
            "*", "en",
            ";q=nonsense", "en");
    wanted.forEach(
        (asked, language) -> {
          boolean english = language.equals("en");
          Answer answer = http.with("Accept-Language", asked).get("/api/tasks/10");
          Value problem = answer.problem(404, "unknown_task");
          assertEquals(language, answer.header("Content-Language"), asked);
          assertEquals(english ? "unknown task" : "tarefa desconhecida", problem.text("title"));
          String sentence = english ? "there is no such task" : "essa tarefa não existe";
          assertTrue(problem.text("detail").startsWith(sentence), problem::toString);
        });
  }

  @Test
  void tellsWhatTheServerItselfRefusesInTheLanguageThatIsAskedFor() {
    Http brazilian = http.with("Accept-Language", "pt-BR");
    Value one = brazilian.post("/api/tasks", "{}").problem(400, "invalid");
    assertEquals("inválido", one.text("title"));
    assertTrue(one.text("detail").contains("falta"), one::toString);
    Value many = brazilian.post("/api/tasks/batch", "{\"tasks\":[{}]}").json();
    assertEquals("inválido", many.text("tasks", 0, "error", "title"));
    Value lost = brazilian.get("/api/nothing").problem(404, "unknown_target");
    assertEquals("destino desconhecido", lost.text("title"));
  }
}
