package mutirao.server.docs;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** One frame of each type that clients send, with no field more than it needs. */
public final class ShortestFrames {
  private static final Map<String, String> FRAMES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("register", ""),
              Map.entry("broadcast", ",\"message\":\"oi\""),
              Map.entry("direct", ",\"target\":\"ana\",\"message\":\"oi\""),
              Map.entry("status", ""),
              Map.entry("join", ",\"room\":\"obras\""),
              Map.entry("leave", ",\"room\":\"lobby\""),
              Map.entry("history", ""),
              Map.entry("search", ""),
              Map.entry("submit", ",\"operation\":\"x\""),
              Map.entry("done", ",\"task\":\"11\",\"attempt\":1"),
              Map.entry(
                  "failed",
                  ",\"task\":\"11\",\"attempt\":1,\"error\":{\"code\":\"x\",\"message\":\"x\"}"),
              Map.entry("progress", ",\"task\":\"11\",\"attempt\":1"),
              Map.entry("drain", ""),
              Map.entry("cancel", ",\"task\":\"11\""),
              Map.entry("query", ",\"task\":\"11\""),
              Map.entry("workers", ""),
              Map.entry("backup", ""),
              Map.entry("account", ""),
              Map.entry("tasks", ""),
              Map.entry("ping", ""),
              Map.entry("pong", ""),
              Map.entry("quit", "")));

  private ShortestFrames() {}

  public static Set<String> types() {
    return Collections.unmodifiableSet(FRAMES.keySet());
  }

  public static String of(String type) {
    return "{\"type\":\"" + type + "\"" + Objects.requireNonNull(FRAMES.get(type)) + "}";
  }
}
