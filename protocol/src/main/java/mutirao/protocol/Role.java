package mutirao.protocol;

import java.util.Locale;
import java.util.Optional;

/** What a registered peer is there for. */
public enum Role {
  /** A person or program that chats and may submit tasks. */
  CLIENT,
  /** Runs tasks. */
  WORKER,
  /** Submits tasks; may chat as well. */
  TASK_CLIENT,
  /** Reads along and changes nothing. */
  OBSERVER;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire, such as {@code task_client}. */
  public String wireName() {
    return wireName;
  }

  /** The role with this name on the wire. */
  public static Optional<Role> fromWire(String name) {
    for (Role role : values()) {
      if (role.wireName.equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** The role a name implies where a client gave none: the convention of the original system. */
  public static Role impliedBy(String name) {
    if (name.startsWith("Worker-")) {
      return WORKER;
    }
    return name.startsWith("TaskClient-") ? TASK_CLIENT : CLIENT;
  }
}
