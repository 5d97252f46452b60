package mutirao.web.openapi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mutirao.web.kit.Value;
import org.jspecify.annotations.Nullable;

/**
 * Holds values against schemas: as much of JSON Schema as the document uses, and nothing else. A
 * member that a schema with members does not name is wrong: readers have to expect it, but the
 * document should know.
 */
final class Schemas {
  private static final Set<String> KNOWN =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "properties",
          "required",
          "items",
          "oneOf",
          "anyOf",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "pattern",
          "description",
          "default",
          "examples");

  private final Document document;

  Schemas(Document document) {
    this.document = document;
  }

  /** What is wrong with a value; empty: nothing. */
  List<String> violations(Value schema, Value value) {
    List<String> found = new ArrayList<>();
    check(schema, value, "$", found);
    return found;
  }

  private long fitting(List<Value> alternatives, Value value) {
    return alternatives.stream().filter(one -> violations(one, value).isEmpty()).count();
  }

  private void check(Value schema, Value value, String where, List<String> found) {
    for (String keyword : Document.names(schema)) {
      if (!KNOWN.contains(keyword)) {
        found.add(where + ": the schema says " + keyword + ", which nobody checks");
      }
    }
    if (schema.has("$ref")) {
      check(document.resolved(schema), value, where, found);
      return;
    }
    if (schema.has("type") && !hasType(schema.at("type"), value.json())) {
      found.add(where + ": " + value + " is no " + schema.at("type"));
      return;
    }
    if (schema.has("const") && !Objects.equals(schema.at("const").json(), value.json())) {
      found.add(where + ": " + value + " is not " + schema.at("const"));
    }
    if (schema.has("enum") && !schema.list("enum").contains(value)) {
      found.add(where + ": " + value + " is none of " + schema.at("enum"));
    }
    if (schema.has("oneOf") && fitting(schema.list("oneOf"), value) != 1) {
      found.add(where + ": " + value + " fits none of the alternatives, or several");
    }
    if (schema.has("anyOf") && fitting(schema.list("anyOf"), value) == 0) {
      found.add(where + ": " + value + " fits none of the alternatives");
    }
    switch (value.json()) {
      case Map<?, ?> map -> checkMembers(schema, map, where, found);
      case List<?> list -> checkElements(schema, list, where, found);
      case String text -> checkText(schema, text, where, found);
      case Number number -> checkNumber(schema, number, where, found);
      case null, default -> {}
    }
  }

  private static boolean hasType(Value type, @Nullable Object value) {
    return type.json() instanceof List<?>
        ? type.list().stream().anyMatch(one -> isA(one.text(), value))
        : isA(type.text(), value);
  }

  private static boolean isA(String type, @Nullable Object value) {
    return switch (type) {
      case "object" -> value instanceof Map<?, ?>;
      case "array" -> value instanceof List<?>;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "null" -> value == null;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number && !(value instanceof BigDecimal);
      default -> throw new AssertionError("a type of its own: " + type);
    };
  }

  private void checkMembers(Value schema, Map<?, ?> map, String where, List<String> found) {
    if (schema.has("required")) {
      for (Value name : schema.list("required")) {
        if (!map.containsKey(name.text())) {
          found.add(where + ": " + name + " is missing");
        }
      }
    }
    if (schema.has("properties")) {
      map.forEach(
          (name, member) -> {
            if (schema.at("properties").has(String.valueOf(name))) {
              check(schema.at("properties", name), new Value(member), where + "." + name, found);
            } else {
              found.add(where + "." + name + " is not in the document");
            }
          });
    }
  }

  private void checkElements(Value schema, List<?> list, String where, List<String> found) {
    if (schema.has("maxItems") && list.size() > schema.number("maxItems")) {
      found.add(where + ": " + list.size() + " elements");
    }
    if (schema.has("items")) {
      for (int i = 0; i < list.size(); i++) {
        check(schema.at("items"), new Value(list.get(i)), where + "[" + i + "]", found);
      }
    }
  }

  private static void checkText(Value schema, String text, String where, List<String> found) {
    int length = text.codePointCount(0, text.length());
    boolean fits =
        (!schema.has("minLength") || length >= schema.number("minLength"))
            && (!schema.has("maxLength") || length <= schema.number("maxLength"))
            && (!schema.has("pattern") || text.matches(schema.text("pattern")));
    if (!fits) {
      found.add(where + ": '" + text + "' does not fit");
    }
  }

  private static void checkNumber(Value schema, Number number, String where, List<String> found) {
    BigDecimal exact = new BigDecimal(number.toString());
    boolean fits =
        (!schema.has("minimum")
                || exact.compareTo(BigDecimal.valueOf(schema.number("minimum"))) >= 0)
            && (!schema.has("maximum")
                || exact.compareTo(BigDecimal.valueOf(schema.number("maximum"))) <= 0);
    if (!fits) {
      found.add(where + ": " + number + " is out of range");
    }
  }
}
