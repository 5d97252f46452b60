package mutirao.chaos.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** Events as lines of JSON, so that any tool can read them and any client can write them. */
public final class HistoryLines {

  private HistoryLines() {}

  /** An event as one line, without its end. */
  public static String write(HistoryEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("t", event.nanos());
    fields.put("process", event.process());
    fields.put("action", event.action().name().toLowerCase(Locale.ROOT));
    fields.put("phase", event.phase().name().toLowerCase(Locale.ROOT));
    put(fields, "call", event.call());
    put(fields, "name", event.name());
    put(fields, "to", event.to());
    put(fields, "key", event.key());
    put(fields, "task", event.task());
    put(fields, "attempt", event.attempt());
    put(fields, "room", event.room());
    put(fields, "seq", event.seq());
    put(fields, "value", event.value());
    put(fields, "state", event.state());
    return new String(Json.write(fields).bytes(), UTF_8);
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static void put(Map<String, Object> fields, String name, long value) {
    if (value != 0) {
      fields.put(name, value);
    }
  }

  /**
   * An event of a line.
   *
   * @throws IllegalArgumentException where the line is none
   */
  public static HistoryEvent read(String line) {
    if (!(Json.parse(new RawJson(line.getBytes(UTF_8))) instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("not an event: " + line);
    }
    return new HistoryEvent(
        number(fields, "t"),
        required(fields, "process"),
        number(fields, "call"),
        Action.valueOf(required(fields, "action").toUpperCase(Locale.ROOT)),
        Phase.valueOf(required(fields, "phase").toUpperCase(Locale.ROOT)),
        text(fields, "name"),
        text(fields, "to"),
        text(fields, "key"),
        text(fields, "task"),
        number(fields, "attempt"),
        text(fields, "room"),
        number(fields, "seq"),
        text(fields, "value"),
        text(fields, "state"));
  }

  private static String required(Map<?, ?> fields, String name) {
    String value = text(fields, name);
    if (value == null) {
      throw new IllegalArgumentException("an event without " + name + ": " + fields);
    }
    return value;
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  private static long number(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof Long number ? number : 0;
  }
}
