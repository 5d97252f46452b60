package mutirao.client.session;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms the session is in and how far it has read them. Not thread-safe: under the session's
 * lock.
 */
final class Rooms {
  /** The inbox's name among the rooms of {@code seen}. */
  private static final String INBOX = "@";

  private static final class Membership {
    String name;
    @Nullable Long lastSeq;

    Membership(String name) {
      this.name = name;
    }
  }

  private final Map<String, Membership> rooms = new LinkedHashMap<>();
  private long lastDirect;

  Rooms() {
    rooms.put(key(Limits.DEFAULT_ROOM), new Membership(Limits.DEFAULT_ROOM));
  }

  /** What {@code register} tells about what was seen. */
  Map<String, Long> seen() {
    Map<String, Long> seen = new LinkedHashMap<>();
    for (Membership room : rooms.values()) {
      if (room.lastSeq != null) {
        seen.put(room.name, room.lastSeq);
      }
    }
    seen.put(INBOX, lastDirect);
    return seen;
  }

  /** The names of the rooms the session should be in. */
  List<String> names() {
    return rooms.values().stream().map(room -> room.name).toList();
  }

  boolean in(String room) {
    return rooms.containsKey(key(room));
  }

  /** A message was read. */
  void read(String room, long seq) {
    Membership membership = rooms.get(key(room));
    if (membership != null) {
      membership.lastSeq = seq;
    }
  }

  void readDirect(long seq) {
    lastDirect = seq;
  }

  /** A new session's directs are counted from the beginning. */
  void newSession() {
    lastDirect = 0;
  }

  /**
   * The server told how far the session's rooms have come. Where nothing was read before, reading
   * begins there; where something was, the server sends what came since.
   */
  void told(Map<String, Long> newest) {
    newest.forEach(
        (name, seq) -> {
          Membership room = rooms.get(key(name));
          // Read beyond the newest: the server is another, or it forgot.
          if (room != null && (room.lastSeq == null || room.lastSeq > seq)) {
            room.lastSeq = seq;
          }
        });
  }

  /**
   * The session is in a room whose newest message has this number.
   *
   * @return the last one that was read before; null where none was
   */
  @Nullable Long joined(String name, long seq) {
    Membership membership = rooms.computeIfAbsent(key(name), _ -> new Membership(name));
    Long before = membership.lastSeq;
    membership.name = name;
    membership.lastSeq = seq;
    return before;
  }

  void left(String room) {
    rooms.remove(key(room));
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
