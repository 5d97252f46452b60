package mutirao.web.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mutirao.web.WebEdge;
import mutirao.web.kit.Value;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, read for its operations. */
final class Document {
  private final Value root;

  /** A parameter of the path or the query. */
  record Parameter(String name, String in, Value schema, @Nullable Object example) {}

  /**
   * An operation.
   *
   * @param body the schema of the body; null: none
   * @param example of a body; null: none
   */
  record Operation(
      String id,
      String method,
      String path,
      List<Parameter> parameters,
      @Nullable Value body,
      @Nullable Value example,
      Value responses) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private Document(Value root) {
    this.root = root;
  }

  static Document read() {
    try (InputStream in = WebEdge.class.getResourceAsStream("/mutirao/web/openapi.json")) {
      return new Document(Value.of(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Value root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (String path : names(root.at("paths"))) {
      for (String method : names(root.at("paths", path))) {
        operations.add(operation(path, method, root.at("paths", path, method)));
      }
    }
    return operations;
  }

  Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Operation operation(String path, String method, Value operation) {
    List<Parameter> parameters = new ArrayList<>();
    if (operation.has("parameters")) {
      for (Value parameter : operation.list("parameters")) {
        parameters.add(parameter(resolved(parameter)));
      }
    }
    Value content =
        operation.has("requestBody")
            ? operation.at("requestBody", "content", "application/json")
            : null;
    return new Operation(
        operation.text("operationId"),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        content == null ? null : content.at("schema"),
        content == null ? null : content.at("example"),
        operation.at("responses"));
  }

  private static Parameter parameter(Value parameter) {
    return new Parameter(
        parameter.text("name"),
        parameter.text("in"),
        parameter.at("schema"),
        parameter.has("example") ? parameter.at("example").json() : null);
  }

  /** What is meant where something is referred to. */
  Value resolved(Value value) {
    if (!value.has("$ref")) {
      return value;
    }
    Object[] steps = value.text("$ref").substring("#/".length()).split("/");
    return root.at(steps);
  }

  static List<String> names(Value object) {
    return object.json() instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }
}
