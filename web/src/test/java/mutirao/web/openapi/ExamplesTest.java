package mutirao.web.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Events;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation's example is answered as the document says. */
class ExamplesTest extends InAWorld {
  /** Those whose answers do not end. */
  private static final Set<String> LASTING = Set.of("listen", "connect");

  /** A server for itself has nobody to hand the lead to. */
  private static final Set<String> REFUSED = Set.of("transferLeadership");

  @TestFactory
  Stream<DynamicTest> examplesAreAnsweredAsTheDocumentSays() {
    return document.operations().stream()
        .filter(operation -> !LASTING.contains(operation.id()))
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check(operation)));
  }

  private void check(Document.Operation operation) {
    Value example = operation.example();
    if (example != null && operation.body() != null) {
      assertEquals(List.of(), schemas.violations(operation.body(), example));
    }
    Answer answer = world.send(operation);
    assertEquals(!REFUSED.contains(operation.id()), answer.status() < 300, answer::toString);
    fits(operation, answer);
  }

  /** The answer's status is one of those documented, and so is what it looks like. */
  private void fits(Document.Operation operation, Answer answer) {
    String status = Integer.toString(answer.status());
    assertTrue(operation.responses().has(status), answer::toString);
    Value response = document.resolved(operation.responses().at(status));
    if (!response.has("content")) {
      assertEquals("", answer.text());
      return;
    }
    assertTrue(response.at("content").has(answer.type()), answer::toString);
    if (answer.type().endsWith("json")) {
      Value schema = response.at("content", answer.type(), "schema");
      assertEquals(
          List.of(), schemas.violations(schema, Value.of(answer.text())), answer::toString);
    }
  }

  @Test
  void examplesOfAnswersFit() {
    int looked = 0;
    for (Document.Operation operation : document.operations()) {
      for (String status : Document.names(operation.responses())) {
        Value response = document.resolved(operation.responses().at(status));
        if (response.has("content") && response.at("content").has("application/json")) {
          Value content = response.at("content", "application/json");
          if (content.has("example")) {
            looked++;
            assertEquals(
                List.of(), schemas.violations(content.at("schema"), content.at("example")));
          }
        }
      }
    }
    assertTrue(looked > 2, "only " + looked);
  }

  @Test
  void eachEventLooksAsDocumented() {
    Value topics =
        document
            .operation("listen")
            .responses()
            .at("200", "content", "text/event-stream", "x-events");
    String all = String.join(",", Document.names(topics));
    try (Events events = world.admin().events(all)) {
      assertEquals("text/event-stream", events.type().split(";", 2)[0]);
      for (String topic : Document.names(topics)) {
        world.ended();
        world.waiting();
        world.admin().post("/api/rooms/lobby/messages", "{\"message\":\"Oi!\"}").json(201);
        world.comer();
        Value told = events.next(topic, _ -> true);
        assertEquals(List.of(), schemas.violations(topics.at(topic), told));
      }
    }
  }

  @Test
  void whatIsDoneOnTheStageIsDone() {
    int before = world.deeds().size();
    world.admin().post("/api/stage/servers/n2/kill", "").json(202);
    world.admin().post("/api/stage/servers/n2/start", "").json(202);
    world.admin().post("/api/stage/servers/n9/kill", "").problem(404, "unknown_target");
    world.stranger().post("/api/stage/servers/n2/kill", "").problem(401, "unauthorized");

    assertEquals(List.of("kill n2", "start n2"), world.deeds().subList(before, before + 2));
  }
}
