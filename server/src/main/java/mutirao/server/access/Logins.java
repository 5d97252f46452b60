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
  private final Guesses guesses = new Guesses();

  /** Of the line of passwords no address has more than is left for all others. */
  private final Shares shares = new Shares(Hashing.MAX_WAITING, Long.MAX_VALUE);

  private int waiting;

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
    return ofNothing(choice, state);
  }

  /** What comes of showing nothing to whom {@code choice} is set. Thread-safe. */
  public static Result ofNothing(AccessChoice choice, State state) {
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
   * How long to wait before a password may stand in line; 0: it may. Asks no state, because a flood
   * must not get as far as the log, where those are who are in already.
   */
  public long waitMs(Credentials credentials, String remote) {
    boolean password = credentials.token() == null && credentials.password() != null;
    boolean full = waiting > Hashing.MAX_WAITING || shares.used(Networks.of(remote), waiting, 0);
    return password && full ? BUSY_RETRY_MS : 0;
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
      told(result(byToken(state, credentials.token())), remote, then);
    } else if (credentials.username() != null && credentials.password() != null) {
      byPassword(state, credentials.username(), credentials.password(), remote, then);
    } else if (certificate != null) {
      told(result(byCertificate(state, certificate)), remote, then);
    } else {
      told(new Result.Wrong(), remote, then);
    }
  }

  /**
   * What nobody guesses opens whatever is locked: one address may be that of a whole office, and
   * somebody there who fails keeps nobody out who shows a good token.
   */
  private void told(Result result, String remote, Consumer<Result> then) {
    long nowMs = clock.nowMs();
    String network = Networks.of(remote);
    long lockedMs = result instanceof Result.Wrong ? guesses.lockedMs(network, nowMs) : 0;
    if (lockedMs > 0) {
      failures.failed(remote, "", nowMs);
      then.accept(new Result.Busy(lockedMs));
    } else if (result instanceof Result.Wrong) {
      note(remote, "", guesses.wrong(network, nowMs));
      then.accept(result);
    } else {
      then.accept(result);
    }
  }

  private void note(String remote, String user, Guesses.Locked locked) {
    long nowMs = clock.nowMs();
    failures.failed(remote, user, nowMs);
    if (locked.user() && !user.isEmpty()) {
      failures.lockedOut(remote, user, nowMs);
    }
    if (locked.address()) {
      failures.lockedOut(remote, FailedLogins.ANYBODY, nowMs);
    }
  }

  /** Whose token this is; null: nobody's that is known. */
  public static @Nullable Login byToken(State state, String token) {
    AccessToken known = state.accounts().token(Secrets.hash(token));
    return known == null ? null : new Login(known.terms().user(), known.terms().hash(), 0);
  }

  /** The user whom a certificate names; null: there is none. */
  public static @Nullable Login byCertificate(State state, String name) {
    Account user = state.accounts().user(Names.key(name));
    return user == null ? null : login(user);
  }

  private static Login login(Account user) {
    return new Login(Names.key(user.name()), null, user.stamp());
  }

  private static Result result(@Nullable Login login) {
    return login == null ? new Result.Wrong() : new Result.Proven(login);
  }

  private void byPassword(
      State state, String name, String password, String remote, Consumer<Result> then) {
    String key = Names.key(name);
    Account user = state.accounts().user(key);
    String known = user == null ? "" : user.name();
    String network = Networks.of(remote);
    Guesses.Guess guess = guesses.of(key, user, network);
    long lockedMs = guess.lockedMs(clock.nowMs());
    if (lockedMs > 0) {
      failures.failed(remote, known, clock.nowMs());
      then.accept(new Result.Busy(lockedMs));
      return;
    }
    String hash = user == null ? null : user.passwordHash();
    if (guess.isBusy(clock.nowMs()) || shares.used(network, waiting, 0)) {
      then.accept(new Result.Busy(BUSY_RETRY_MS));
      return;
    }
    guess.begins();
    waiting++;
    shares.entered(network, 0);
    boolean taken =
        hashing.compute(
            () -> Argon2.verify(password, hash == null ? Argon2.NOBODYS : hash) && hash != null,
            right -> {
              left(network);
              if (right && user != null) {
                guess.right();
                then.accept(new Result.Proven(login(user)));
              } else {
                note(remote, known, guess.wrong(clock.nowMs()));
                then.accept(new Result.Wrong());
              }
            });
    if (!taken) {
      left(network);
      guess.untried();
      then.accept(new Result.Busy(BUSY_RETRY_MS));
    }
  }

  private void left(String network) {
    waiting--;
    shares.left(network, 0);
  }
}
