package mutirao.server.local;

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

  /** See {@link mutirao.server.gateway.Transport#forAnyRole}. */
  default boolean forAnyRole() {
    return false;
  }

  /** See {@link mutirao.server.gateway.Transport#sharesKeys}. */
  default boolean sharesKeys() {
    return false;
  }
}
