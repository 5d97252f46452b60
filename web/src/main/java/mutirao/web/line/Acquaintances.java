package mutirao.web.line;

import mutirao.core.State;
import mutirao.core.account.Grant;
import mutirao.core.account.Login;
import mutirao.server.Secrets;
import mutirao.server.access.AccessChoice;
import mutirao.server.access.Logins;
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
      return Logins.ofNothing(choice, state) instanceof Logins.Result.Proven
          ? Principal.NOBODY
          : null;
    }
    Grant grant = state.accounts().grant(login, Math.max(nowMs, state.nowMs()));
    return grant == null ? null : Principal.of(grant);
  }

  /** In the order in which the server itself looks at what is shown. */
  private static @Nullable Login login(State state, Credentials credentials) {
    String token = credentials.shown().token();
    if (token != null) {
      Login known = Logins.byToken(state, token);
      return known == null ? new Login("", Secrets.hash(token), 0) : known;
    }
    String certificate = credentials.caller().certificateName();
    if (credentials.caller().login() == null && certificate != null) {
      return Logins.byCertificate(state, certificate);
    }
    return credentials.caller().login();
  }
}
