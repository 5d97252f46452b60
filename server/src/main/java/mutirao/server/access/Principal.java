package mutirao.server.access;

import mutirao.core.account.AccountRole;
import mutirao.core.account.Grant;

/**
 * Who a connection acts for. It stays the same as long as the session: whoever changes ends it.
 *
 * @param user the user's name; empty where nobody had to say
 */
public record Principal(String user, AccountRole role) {

  /**
   * Somebody on a server without users: may do everything, but everybody's tasks stay their own.
   */
  public static final Principal NOBODY = new Principal("", AccountRole.ADMIN);

  /** Of what a login is good for. */
  public static Principal of(Grant grant) {
    return new Principal(grant.user(), grant.role());
  }
}
