package mutirao.client.worker;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mutirao.client.OperationException;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** A task's params, parsed at the first look; what is wrong with them is named. Thread-safe. */
final class Params {
  private final RawJson raw;
  private @Nullable Object value;
  private boolean parsed;

  Params(RawJson raw) {
    this.raw = raw;
  }

  RawJson raw() {
    return raw;
  }

  synchronized @Nullable Object value() {
    if (!parsed) {
      value = Json.parse(raw);
      parsed = true;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // Json makes no other maps.
  Map<String, @Nullable Object> fields() throws OperationException {
    if (value() instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw OperationException.badInput("params", "must be an object");
  }

  String text(String field) throws OperationException {
    if (present(field) instanceof String text) {
      return text;
    }
    throw OperationException.badInput(field, "must be text");
  }

  BigDecimal number(String field) throws OperationException {
    BigDecimal number = decimal(present(field));
    if (number == null) {
      throw OperationException.badInput(field, "must be a number");
    }
    return number;
  }

  List<BigDecimal> numbers(String field) throws OperationException {
    if (!(present(field) instanceof List<?> values)) {
      throw OperationException.badInput(field, "must be an array of numbers");
    }
    List<BigDecimal> numbers = new ArrayList<>(values.size());
    for (Object each : values) {
      BigDecimal number = decimal(each);
      if (number == null) {
        throw OperationException.badInput(
            field, "must hold numbers only; the one at place " + numbers.size() + " is none");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private @Nullable Object present(String field) throws OperationException {
    Map<String, @Nullable Object> fields = fields();
    if (!fields.containsKey(field)) {
      throw OperationException.badInput(field, "is missing");
    }
    return fields.get(field);
  }

  private static @Nullable BigDecimal decimal(@Nullable Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case BigDecimal number -> number;
      case null, default -> null;
    };
  }
}
