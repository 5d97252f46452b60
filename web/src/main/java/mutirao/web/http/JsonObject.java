package mutirao.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** A JSON object being written, member by member. Not thread-safe. */
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** A member that is always there. */
  public JsonObject put(String name, @Nullable Object value) {
    members.put(name, value instanceof JsonObject object ? object.members : value);
    return this;
  }

  /** A member that is left out where there is no value. */
  public JsonObject optional(String name, @Nullable Object value) {
    return value == null ? this : put(name, value);
  }

  /** Its members, as {@link Json#write} takes them. */
  public Map<String, @Nullable Object> members() {
    return members;
  }

  /** The text. */
  public RawJson toJson() {
    return Json.write(members);
  }
}
