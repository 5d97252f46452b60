package mutirao.archive.store;

import java.util.List;
import java.util.Map;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a row can be found by its words. */
final class IndexedText {
  private static final Logger LOG = LoggerFactory.getLogger(IndexedText.class);

  private IndexedText() {}

  static String of(Row row) {
    return switch (row) {
      case Row.Message message -> SearchText.indexed(Json.text(new RawJson(message.text())));
      case Row.Task task -> of(task);
    };
  }

  /** The operation, and all strings and numbers of the payloads: their keys are the same in all. */
  private static String of(Row.Task task) {
    StringBuilder text = new StringBuilder(task.operation());
    add(text, task.params());
    add(text, task.result());
    add(text, task.error());
    return SearchText.indexed(text.toString());
  }

  private static void add(StringBuilder text, byte @Nullable [] json) {
    if (json == null) {
      return;
    }
    try {
      addValue(text, Json.parse(new RawJson(json)));
    } catch (IllegalArgumentException e) {
      // Strict JSON, but a number in it is beyond what Java can hold: found by other words only.
      LOG.debug("a payload is not indexed", e);
    }
  }

  private static void addValue(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case String string -> text.append(' ').append(string);
      case Number number -> text.append(' ').append(number);
      case List<?> list -> list.forEach(element -> addValue(text, element));
      case Map<?, ?> map -> map.values().forEach(element -> addValue(text, element));
      case null, default -> {}
    }
  }
}
