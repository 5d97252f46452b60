package mutirao.server.access;

import java.util.function.Consumer;
import mutirao.core.State;
import mutirao.core.account.AccessToken;
import mutirao.core.account.Account;
import mutirao.core.account.Login;
import mutirao.core.session.Names;
import mutirao.protocol.ClientFrame.Credentials;
import mutirao.server.Clock;
import mutirao.server.Secrets;
import org.jspecify.annotations.Nullable;

/** From what somebody shows to who it is. Owned by the thread that owns the gateway. */
public final class Logins {

  /** What came of it. */
  public sealed interface Result {

    /** That is who it is; null: nobody has to say. */
    record Proven(@Nullable Login login) implements Result {}

    /** What was shown opens nothing. */
    record Wrong() implements Result {}

    /** Nothing was shown, and that does not do here. */
    record Missing() implements Result {}

    /** Not now. */
    record Busy(long retryAfterMs) implements Result {}
  }

  private static final long BUSY_RETRY_MS = 1000;

  private final AccessChoice choice;
  private final Hashing hashing;
  private final Clock clock;
  private final FailedLogins failures;
  private final Throttle throttle = new Throttle();

  /** Logins of a server. */
  public Logins(AccessChoice choice, Hashing hashing, Clock clock, FailedLogins failures) {
    this.failures = failures;
    this.choice = choice;
    this.hashing = hashing;
    this.clock = clock;
  }

  /**
   * What comes of showing nothing. Once there are users there always are, so that a state that is
   * behind only lets the machine say no instead; what is refused here costs the log nothing.
   */
  public Result ofNothing(State state) {
    return switch (choice) {
      case LOGIN_ONCE_USERS ->
          state.accounts().isEmpty() ? new Result.Proven(null) : new Result.Missing();
      case LOGIN -> new Result.Missing();
      case ANYBODY -> new Result.Proven(Login.OPEN);
    };
  }

  /** Whether anything was shown. */
  public static boolean shown(Credentials credentials, @Nullable String certificate) {
    return certificate != null
        || credentials.token() != null
        || credentials.username() != null
        || credentials.password() != null;
  }

  /**
   * Finds out who shows this; {@code then} hears it at once or later. A user that is not there
   * takes as long as a wrong password.
   *
   * @param certificate the user whom the connection's own certificate names
   * @param remote where it comes from, for the records
   */
  public void identify(
      State state,
      Credentials credentials,
      @Nullable String certificate,
      String remote,
      Consumer<Result> then) {
    if (state.accounts().isEmpty()) {
      then.accept(ofNothing(state));
    } else if (credentials.token() != null) {
      told(byToken(state, credentials.token()), remote, "", then);
    } else if (credentials.username() != null && credentials.password() != null) {
      byPassword(state, credentials.username(), credentials.password(), remote, then);
    } else if (certificate != null) {
      Account user = state.accounts().user(Names.key(certificate));
      told(user == null ? new Result.Wrong() : proven(user), remote, "", then);
    } else {
      told(new Result.Wrong(), remote, "", then);
    }
  }

  private void told(Result result, String remote, String user, Consumer<Result> then) {
    if (result instanceof Result.Wrong) {
      failures.failed(remote, user, clock.nowMs());
    }
    then.accept(result);
  }

  private static Result byToken(State state, String token) {
    AccessToken known = state.accounts().token(Secrets.hash(token));
    return known == null
        ? new Result.Wrong()
        : new Result.Proven(new Login(known.terms().user(), known.terms().hash(), 0));
  }

  private void byPassword(
      State state, String name, String password, String remote, Consumer<Result> then) {
    String key = Names.key(name);
    Account user = state.accounts().user(key);
    String known = user == null ? "" : user.name();
    // Short, whatever somebody made up as a name.
    String counted = Secrets.hash(key);
    long waitMs = throttle.waitMs(counted, clock.nowMs());
    if (waitMs > 0) {
      failures.failed(remote, known, clock.nowMs());
      then.accept(new Result.Busy(waitMs));
      return;
    }
    String hash = user == null ? null : user.passwordHash();
    throttle.tries(counted, clock.nowMs());
    boolean last = user != null && throttle.waitMs(counted, clock.nowMs()) > 0;
    boolean taken =
        hashing.compute(
            () -> Argon2.verify(password, hash == null ? Argon2.NOBODYS : hash) && hash != null,
            right -> {
              if (right && user != null) {
                throttle.succeeded(counted);
                then.accept(proven(user));
              } else {
                if (last) {
                  failures.lockedOut(remote, known, clock.nowMs());
                }
                told(new Result.Wrong(), remote, known, then);
              }
            });
    if (!taken) {
      throttle.untried(counted);
      then.accept(new Result.Busy(BUSY_RETRY_MS));
    }
  }

  private static Result proven(Account user) {
    return new Result.Proven(new Login(Names.key(user.name()), null, user.stamp()));
  }
}
