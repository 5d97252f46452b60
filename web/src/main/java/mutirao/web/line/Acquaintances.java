package mutirao.web.line;

import mutirao.core.State;
import mutirao.core.account.AccessToken;
import mutirao.core.account.Account;
import mutirao.core.account.Grant;
import mutirao.core.account.Login;
import mutirao.core.session.Names;
import mutirao.server.Secrets;
import mutirao.server.access.AccessChoice;
import mutirao.server.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is by what this server knows by itself. That may be behind; it is for what must be
 * seen, and done, where no majority is there that could be asked.
 */
final class Acquaintances {
  private Acquaintances() {}

  /**
   * Who shows this; null: nobody that is known.
   *
   * @param nowMs the state's own time stands still where nothing is agreed on
   */
  static @Nullable Principal of(
      State state, AccessChoice choice, Credentials credentials, long nowMs) {
    Login login = login(state, credentials);
    if (login == null || state.accounts().isEmpty()) {
      boolean anybody =
          switch (choice) {
            case LOGIN_ONCE_USERS -> state.accounts().isEmpty();
            case LOGIN -> false;
            case ANYBODY -> true;
          };
      return anybody ? Principal.NOBODY : null;
    }
    Grant grant = state.accounts().grant(login, Math.max(nowMs, state.nowMs()));
    return grant == null ? null : Principal.of(grant);
  }

  /** In the order in which the server itself looks at what is shown. */
  private static @Nullable Login login(State state, Credentials credentials) {
    String token = credentials.shown().token();
    if (token != null) {
      AccessToken known = state.accounts().token(Secrets.hash(token));
      return known == null
          ? new Login("", Secrets.hash(token), 0)
          : new Login(known.terms().user(), known.terms().hash(), 0);
    }
    String certificate = credentials.caller().certificateName();
    if (credentials.caller().login() == null && certificate != null) {
      Account user = state.accounts().user(Names.key(certificate));
      return user == null ? null : new Login(Names.key(user.name()), null, user.stamp());
    }
    return credentials.caller().login();
  }
}
