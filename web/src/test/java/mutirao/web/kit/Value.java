package mutirao.web.kit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** JSON that a test looks into. */
public record Value(@Nullable Object json) {

  /** Parses strictly. */
  public static Value of(String text) {
    return new Value(Json.parse(RawJson.of(text)));
  }

  /** What stands at a path of names and indices; fails where there is nothing. */
  public Value at(Object... path) {
    Object here = json;
    for (Object step : path) {
      if (step instanceof Integer index && here instanceof List<?> list && index < list.size()) {
        here = list.get(index);
      } else if (here instanceof Map<?, ?> map && map.containsKey(step)) {
        here = map.get(step);
      } else {
        throw new AssertionError("no " + step + " in " + this);
      }
    }
    return new Value(here);
  }

  /** Whether there is such a member. */
  public boolean has(String name) {
    return json instanceof Map<?, ?> map && map.containsKey(name);
  }

  /** A text at a path. */
  public String text(Object... path) {
    if (at(path).json instanceof String text) {
      return text;
    }
    throw no("text", path);
  }

  /** A whole number at a path. */
  public long number(Object... path) {
    if (at(path).json instanceof Number number) {
      return number.longValue();
    }
    throw no("number", path);
  }

  /** True or false at a path. */
  public boolean flag(Object... path) {
    if (at(path).json instanceof Boolean flag) {
      return flag;
    }
    throw no("boolean", path);
  }

  /** The elements of an array at a path. */
  public List<Value> list(Object... path) {
    if (at(path).json instanceof List<?> list) {
      return list.stream().map(Value::new).toList();
    }
    throw no("array", path);
  }

  private AssertionError no(String kind, Object... path) {
    return new AssertionError("no " + kind + " at " + Arrays.toString(path) + " in " + this);
  }

  @Override
  public String toString() {
    return Objects.toString(Json.write(json));
  }
}
