package mutirao.cli.session;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Who is there, kept up to date by what the server tells. Thread-safe. */
public final class Roster {
  private final Map<String, Role> roles = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** Everybody, anew. */
  public synchronized void replace(List<ServerFrame.Presence> clients) {
    roles.clear();
    clients.forEach(client -> roles.put(client.name(), client.role()));
  }

  /** Somebody came. */
  public synchronized void add(String name, @Nullable Role role) {
    roles.put(name, role == null ? Role.CLIENT : role);
  }

  /** Somebody went. */
  public synchronized void remove(String name) {
    roles.remove(name);
  }

  /** The names, in order. */
  public synchronized List<String> names() {
    return List.copyOf(roles.keySet());
  }

  /** The names of those in one role. */
  public synchronized List<String> names(Role role) {
    return roles.entrySet().stream()
        .filter(entry -> entry.getValue() == role)
        .map(Map.Entry::getKey)
        .toList();
  }
}
