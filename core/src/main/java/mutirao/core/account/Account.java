package mutirao.core.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param name as it was given, in NFC; it holds neither a full stop nor a hyphen, so that the part
 *     of a session's name before the first of these tells whose it is
 * @param operations what a worker may run; empty: anything
 * @param passwordHash the salted hash with its parameters; null: no password opens it
 * @param stamp place in the log of its last change; a login of before counts no longer
 */
public record Account(
    String name,
    AccountRole role,
    List<String> operations,
    @Nullable String passwordHash,
    long stamp) {

  public Account {
    operations = List.copyOf(operations);
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "Account[name=" + name + ", role=" + role + ", stamp=" + stamp + "]";
  }
}
