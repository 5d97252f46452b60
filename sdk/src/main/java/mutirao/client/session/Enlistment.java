package mutirao.client.session;

import java.util.List;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;

/**
 * As what a session registers.
 *
 * @param role null lets the name decide
 * @param operations what a worker can run; null for everybody else
 * @param slots tasks a worker takes at once
 * @param confirm whether a worker wants to know that its reports are recorded
 */
public record Enlistment(
    @Nullable Role role, @Nullable List<String> operations, int slots, boolean confirm) {

  /** Not as a worker. */
  public static Enlistment as(@Nullable Role role) {
    return new Enlistment(role, null, 1, false);
  }
}
