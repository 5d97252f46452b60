package mutirao.protocol;

import java.util.Locale;
import java.util.Optional;

/** What a user may do; a session's {@link Role} is what it is there for. */
public enum AccountRole {
  /** Reads along. */
  VIEWER,
  /** Chats and has tasks of its own. */
  MEMBER,
  /** Runs tasks. */
  WORKER,
  /** Everything. */
  ADMIN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire, such as {@code member}. */
  public String wireName() {
    return wireName;
  }

  /** The role with this name on the wire. */
  public static Optional<AccountRole> fromWire(String name) {
    for (AccountRole role : values()) {
      if (role.wireName.equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
