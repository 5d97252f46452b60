package mutirao.web.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whoever shows nothing gets nothing, but where the document says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersTest {
  private final Document document = Document.read();
  private World world;

  @BeforeAll
  void begin(@TempDir Path folder) {
    world = new World(folder);
  }

  @AfterAll
  void end() throws Exception {
    world.close();
  }

  private boolean isOpen(Document.Operation operation) {
    Value item =
        document.root().at("paths", operation.path(), operation.method().toLowerCase(Locale.ROOT));
    return item.has("security") && item.list("security").isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> nobodyIsToldAnything() {
    return document.operations().stream()
        .filter(operation -> !isOpen(operation) && !operation.id().equals("connect"))
        .flatMap(
            operation ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        operation.id() + " without a login",
                        () -> assertUnauthorized(operation, world.stranger())),
                    DynamicTest.dynamicTest(
                        operation.id() + " with a token that is none",
                        () -> assertUnauthorized(operation, world.stranger().token("none"))),
                    DynamicTest.dynamicTest(
                        operation.id() + " with a cookie that is none",
                        () ->
                            assertUnauthorized(
                                operation,
                                world.stranger().with("Cookie", "mutirao_session=none")))));
  }

  private void assertUnauthorized(Document.Operation operation, Http stranger) {
    Value example = operation.example();
    stranger
        .send(
            operation.method(),
            world.path(operation, Map.of()),
            example == null ? null : example.toString())
        .problem(401, "unauthorized");
  }

  @TestFactory
  Stream<DynamicTest> someThingsAreForEverybody() {
    List<Document.Operation> open = document.operations().stream().filter(this::isOpen).toList();
    assertEquals(6, open.size(), open::toString);
    return open.stream()
        .filter(operation -> operation.method().equals("GET"))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> assertEquals(200, world.stranger().get(operation.path()).status())));
  }
}
