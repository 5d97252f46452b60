package mutirao.web.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.protocol.codec.Json;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the document says cannot be is turned down, with the field by its name. */
class WrongValuesTest extends InAWorld {
  @TestFactory
  Stream<DynamicTest> wrongValuesOfTheQueryAreTurnedDown() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Document.Operation operation : document.operations()) {
      for (Document.Parameter parameter : operation.parameters()) {
        for (Object wrong :
            parameter.in().equals("query") ? wrong(parameter.schema()) : List.of()) {
          String text = String.valueOf(wrong);
          tests.add(
              DynamicTest.dynamicTest(
                  operation.id() + " " + parameter.name() + "=" + shortened(text),
                  () -> {
                    Value example = operation.example();
                    String body = example == null ? null : example.toString();
                    Answer answer = world.send(operation, Map.of(parameter.name(), text), body);
                    assertTurnedDown(answer, parameter.name());
                  }));
        }
      }
    }
    assertTrue(tests.size() > 20, tests::toString);
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> wrongValuesOfTheBodyAreTurnedDown() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Document.Operation operation : document.operations()) {
      if (operation.body() != null) {
        Value schema = document.resolved(operation.body());
        for (String name : Document.names(schema.at("properties"))) {
          for (Object wrong : wrongInJson(schema.at("properties", name))) {
            tests.add(
                DynamicTest.dynamicTest(
                    operation.id() + " " + name + ": " + shortened(wrong),
                    () -> assertTurnedDown(with(operation, name, wrong), name)));
          }
        }
        for (Value name : schema.has("required") ? schema.list("required") : List.<Value>of()) {
          tests.add(
              DynamicTest.dynamicTest(
                  operation.id() + " without " + name.text(),
                  () -> assertTurnedDown(without(operation, name.text()), name.text())));
        }
      }
    }
    assertTrue(tests.size() > 50, tests::toString);
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoObjectIsTurnedDown() {
    return document.operations().stream()
        .filter(operation -> operation.body() != null)
        .flatMap(
            operation ->
                Stream.of("[]", "7", "{\"a\":", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":NaN}", "x")
                    .map(
                        body ->
                            DynamicTest.dynamicTest(
                                operation.id() + " " + body,
                                () ->
                                    world
                                        .send(operation, Map.of(), body)
                                        .problem(400, "malformed"))));
  }

  private Answer with(Document.Operation operation, String name, Object wrong) {
    Map<String, @Nullable Object> body = members(operation);
    body.put(name, wrong);
    return world.send(operation, Map.of(), Json.write(body).toString());
  }

  private Answer without(Document.Operation operation, String name) {
    Map<String, @Nullable Object> body = members(operation);
    body.remove(name);
    return world.send(operation, Map.of(), Json.write(body).toString());
  }

  private static Map<String, @Nullable Object> members(Document.Operation operation) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (Objects.requireNonNull(operation.example()).json() instanceof Map<?, ?> map) {
      map.forEach((name, value) -> members.put(String.valueOf(name), value));
    }
    return members;
  }

  private void assertTurnedDown(Answer answer, String field) {
    Value problem = answer.problem(400, "invalid");
    assertEquals(field, problem.text("field"), answer::toString);
    assertTrue(problem.text("detail").contains(field), answer::toString);
    assertEquals(
        List.of(),
        schemas.violations(document.root().at("components", "schemas", "Problem"), problem));
  }

  /** Values that do not fit, each for one reason. */
  private List<Object> wrong(Value unresolved) {
    Value schema = document.resolved(unresolved);
    List<Object> wrong = new ArrayList<>();
    if (schema.has("enum") || schema.has("pattern")) {
      wrong.add("no such thing".replace(' ', '+'));
    } else if (schema.has("type")) {
      switch (schema.text("type")) {
        case "string" -> {
          if (schema.has("minLength") || schema.has("maxLength")) {
            wrong.add("x".repeat((int) schema.number("maxLength") + 1));
          }
        }
        case "integer" -> {
          wrong.addAll(List.of("x", new BigDecimal("1.5")));
          if (schema.has("minimum")) {
            wrong.add(schema.number("minimum") - 1);
          }
          if (schema.has("maximum") && schema.number("maximum") < Long.MAX_VALUE) {
            wrong.add(schema.number("maximum") + 1);
          }
        }
        case "array" -> {
          wrong.add("no_such_thing");
          if (schema.has("maxItems")) {
            wrong.add(Collections.nCopies((int) schema.number("maxItems") + 1, "3g5k"));
          }
        }
        case "boolean" -> wrong.add("x");
        default -> throw new AssertionError("nothing is known of " + schema);
      }
    }
    return wrong;
  }

  /** Beside those, values of another type. */
  private List<Object> wrongInJson(Value unresolved) {
    Value schema = document.resolved(unresolved);
    List<Object> wrong = new ArrayList<>(wrong(unresolved));
    if (schema.has("type")) {
      wrong.add(schema.text("type").equals("string") ? 7 : Map.of());
    }
    if (schema.has("minLength")) {
      wrong.add("");
    }
    return wrong;
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() > 30 ? text.substring(0, 30) + "..." : text;
  }
}
