package mutirao.client.account;

import java.time.Duration;
import java.util.List;
import mutirao.protocol.AccountRole;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ClientFrame.AccountAction;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** A question about users and tokens, or a change of them; an admin's, but for the own password. */
public final class AccountRequest {
  private final ClientFrame.Account frame;

  private AccountRequest(ClientFrame.Account frame) {
    this.frame = frame;
  }

  /** All users and tokens. */
  public static AccountRequest list() {
    return about(AccountAction.LIST, null, null, null);
  }

  /** Who changed what. */
  public static AccountRequest audit() {
    return about(AccountAction.AUDIT, null, null, null);
  }

  /**
   * A user more.
   *
   * @param operations what a worker may run; empty: anything
   * @param password null: only tokens open the account
   */
  public static AccountRequest addUser(
      String user, AccountRole role, List<String> operations, @Nullable String password) {
    return new AccountRequest(
        new ClientFrame.Account(
            null, AccountAction.ADD_USER, user, role, operations, password, null, null, null));
  }

  /** A user less. */
  public static AccountRequest removeUser(String user) {
    return about(AccountAction.REMOVE_USER, user, null, null);
  }

  /** Another password; who logged in by the old one has to come again. */
  public static AccountRequest setPassword(String user, String password) {
    return about(AccountAction.SET_PASSWORD, user, password, null);
  }

  /**
   * A token more; answered with its secret.
   *
   * @param role null: the user's
   * @param operations what a worker may run; empty: what the user may
   * @param label what it is for
   * @param lifetime null: for ever
   */
  public static AccountRequest addToken(
      String user,
      @Nullable AccountRole role,
      List<String> operations,
      @Nullable String label,
      @Nullable Duration lifetime) {
    return new AccountRequest(
        new ClientFrame.Account(
            null,
            AccountAction.ADD_TOKEN,
            user,
            role,
            operations,
            null,
            null,
            label,
            lifetime == null ? null : lifetime.toMillis()));
  }

  /** A token less, by what it is called. */
  public static AccountRequest revokeToken(String id) {
    return about(AccountAction.REVOKE_TOKEN, null, null, id);
  }

  private static AccountRequest about(
      AccountAction action,
      @Nullable String user,
      @Nullable String password,
      @Nullable String token) {
    return new AccountRequest(
        new ClientFrame.Account(null, action, user, null, List.of(), password, token, null, null));
  }

  /** Whether it may be asked twice. */
  public boolean repeatable() {
    return frame.action() == AccountAction.LIST || frame.action() == AccountAction.AUDIT;
  }

  /** The frame. */
  public ClientFrame.Account frame(RawJson ref) {
    return new ClientFrame.Account(
        ref,
        frame.action(),
        frame.user(),
        frame.role(),
        frame.operations(),
        frame.password(),
        frame.token(),
        frame.label(),
        frame.lifetimeMs());
  }
}
