package mutirao.server.local;

import mutirao.core.account.Login;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is at the other side of a {@link LocalConnection}. Called by the server's loop, which
 * waits: nothing here takes long.
 */
public interface Visitor {

  /**
   * Takes whole lines over, each a frame and its newline; the array is the visitor's to keep.
   *
   * @param taken to be run once, at once or later by any thread, when more may come
   */
  void take(byte[] lines, Runnable taken);

  /** The server is done with it. Called once. */
  void closed();

  /** Where it comes from, for the log; holds nothing the visitor could choose. */
  String remote();

  /** See {@link mutirao.server.gateway.Transport#certificateName}. */
  default @Nullable String certificateName() {
    return null;
  }

  /** See {@link mutirao.server.gateway.Transport#login}. */
  default @Nullable Login login() {
    return null;
  }

  /** See {@link mutirao.server.gateway.Transport#forAnyRole}. */
  default boolean forAnyRole() {
    return false;
  }
}
