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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private static final long BUSY_RETRY_MS = 1000;

  private final AccessChoice choice;
  private final Hashing hashing;
  private final Clock clock;
  private final Throttle throttle = new Throttle();

  /** Logins of a server. */
  public Logins(AccessChoice choice, Hashing hashing, Clock clock) {
    this.choice = choice;
    this.hashing = hashing;
    this.clock = clock;
  }

  /** What comes of showing nothing; the machine refuses it where there are users. */
  public Result ofNothing() {
    return switch (choice) {
      case LOGIN_ONCE_USERS -> new Result.Proven(null);
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
   * @param remote where it comes from, for the log
   */
  public void identify(
      State state,
      Credentials credentials,
      @Nullable String certificate,
      String remote,
      Consumer<Result> then) {
    identify(
        state,
        credentials,
        certificate,
        result -> {
          if (result instanceof Result.Wrong) {
            LOG.warn("a login from {} failed", remote);
          }
          then.accept(result);
        });
  }

  private void identify(
      State state, Credentials credentials, @Nullable String certificate, Consumer<Result> then) {
    if (state.accounts().isEmpty()) {
      then.accept(ofNothing());
    } else if (credentials.token() != null) {
      then.accept(byToken(state, credentials.token()));
    } else if (credentials.username() != null && credentials.password() != null) {
      byPassword(state, credentials.username(), credentials.password(), then);
    } else if (certificate != null) {
      Account user = state.accounts().user(Names.key(certificate));
      then.accept(user == null ? new Result.Wrong() : proven(user));
    } else {
      then.accept(new Result.Wrong());
    }
  }

  private static Result byToken(State state, String token) {
    AccessToken known = state.accounts().token(Secrets.hash(token));
    return known == null
        ? new Result.Wrong()
        : new Result.Proven(new Login(known.terms().user(), known.terms().hash(), 0));
  }

  private void byPassword(State state, String name, String password, Consumer<Result> then) {
    String key = Names.key(name);
    // Short, whatever somebody made up as a name.
    String counted = Secrets.hash(key);
    long waitMs = throttle.waitMs(counted, clock.nowMs());
    if (waitMs > 0) {
      then.accept(new Result.Busy(waitMs));
      return;
    }
    Account user = state.accounts().user(key);
    String hash = user == null ? null : user.passwordHash();
    throttle.tries(counted, clock.nowMs());
    boolean taken =
        hashing.compute(
            () -> Argon2.verify(password, hash == null ? Argon2.NOBODYS : hash) && hash != null,
            right -> {
              if (right && user != null) {
                throttle.succeeded(counted);
                then.accept(proven(user));
              } else {
                then.accept(new Result.Wrong());
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
