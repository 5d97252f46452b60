package mutirao.server.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mutirao.core.Command;
import mutirao.core.State;
import mutirao.core.account.AccessToken;
import mutirao.core.account.Account;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.account.Deed;
import mutirao.core.account.TokenTerms;
import mutirao.core.session.Names;
import mutirao.core.time.Deadline;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.DeedView;
import mutirao.protocol.view.TokenView;
import mutirao.protocol.view.UserView;
import mutirao.server.Chance;
import mutirao.server.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * What {@code account} frames turn into. Passwords and tokens end here: from here on there are
 * their hashes alone.
 */
public final class Administration {

  /** Tokens begin with this, so that they are found where they must not be. */
  public static final String TOKEN_PREFIX = "mut_";

  /** What is to be done. */
  public sealed interface Step {

    /** Tell this. */
    record Tell(AccountList list) implements Step {}

    /** Propose this, and tell what was made of it; {@code secret} is told this once. */
    record Propose(Command command, @Nullable String secret) implements Step {}

    /** Too many passwords wait already. */
    record Busy() implements Step {}
  }

  private final Hashing hashing;
  private final Chance chance;
  private final Secrets secrets;

  /** Administration of a server. */
  public Administration(Hashing hashing, Chance chance) {
    this.hashing = hashing;
    this.chance = chance;
    this.secrets = new Secrets(chance);
  }

  /** Says what is to be done; {@code then} hears it at once or later. */
  public void begin(State state, ClientFrame.Account asked, Author by, Consumer<Step> then) {
    String user = Objects.requireNonNullElse(asked.user(), "");
    switch (asked.action()) {
      case LIST -> then.accept(new Step.Tell(list(state)));
      case AUDIT -> then.accept(new Step.Tell(deeds(state)));
      case ADD_USER -> addUser(asked, user, by, then);
      case SET_PASSWORD ->
          hashed(asked.password(), hash -> new Command.SetPassword(by, user, hash), then);
      case REMOVE_USER -> then.accept(new Step.Propose(new Command.RemoveUser(by, user), null));
      case REVOKE_TOKEN ->
          then.accept(
              new Step.Propose(
                  new Command.RevokeToken(by, Objects.requireNonNullElse(asked.token(), "")),
                  null));
      case ADD_TOKEN -> {
        String secret = TOKEN_PREFIX + secrets.create();
        then.accept(
            new Step.Propose(
                new Command.AddToken(
                    by,
                    user,
                    Secrets.hash(secret),
                    core(asked.role()),
                    asked.operations(),
                    Objects.requireNonNullElse(asked.label(), ""),
                    asked.lifetimeMs() == null ? 0 : asked.lifetimeMs()),
                secret));
      }
    }
  }

  private void addUser(ClientFrame.Account asked, String user, Author by, Consumer<Step> then) {
    AccountRole role = Objects.requireNonNull(core(asked.role()));
    if (asked.password() == null) {
      then.accept(
          new Step.Propose(new Command.AddUser(by, user, role, asked.operations(), null), null));
    } else {
      hashed(
          asked.password(),
          hash -> new Command.AddUser(by, user, role, asked.operations(), hash),
          then);
    }
  }

  private interface Making {
    Command of(String hash);
  }

  private void hashed(@Nullable String password, Making command, Consumer<Step> then) {
    byte[] salt = Argon2.salt(chance);
    String secret = Objects.requireNonNull(password);
    Supplier<Step> work = () -> new Step.Propose(command.of(Argon2.hash(secret, salt)), null);
    if (!hashing.compute(work, then)) {
      then.accept(new Step.Busy());
    }
  }

  /** What there is to tell of a change that was made. */
  public static AccountList made(State state, Command command, @Nullable String secret) {
    return switch (command) {
      case Command.AddUser add -> one(state, add.user());
      case Command.SetPassword set -> one(state, set.user());
      case Command.AddToken add -> {
        AccessToken token = state.accounts().token(add.hash());
        yield new AccountList(
            List.of(), token == null ? List.of() : List.of(view(token)), List.of(), secret);
      }
      default -> AccountList.DONE;
    };
  }

  private static AccountList one(State state, String name) {
    Account user = state.accounts().user(Names.key(name));
    return new AccountList(
        user == null ? List.of() : List.of(view(user, tokens(state))), List.of(), List.of(), null);
  }

  private static AccountList list(State state) {
    Map<String, Integer> tokens = tokens(state);
    return new AccountList(
        state.accounts().users().stream().map(user -> view(user, tokens)).toList(),
        state.accounts().tokens().stream().map(Administration::view).toList(),
        List.of(),
        null);
  }

  private static Map<String, Integer> tokens(State state) {
    Map<String, Integer> tokens = new TreeMap<>();
    for (AccessToken token : state.accounts().tokens()) {
      tokens.merge(token.terms().user(), 1, Integer::sum);
    }
    return tokens;
  }

  private static AccountList deeds(State state) {
    return new AccountList(
        List.of(),
        List.of(),
        state.accounts().deeds().stream().map(Administration::view).toList(),
        null);
  }

  private static UserView view(Account user, Map<String, Integer> tokens) {
    return new UserView(
        user.name(),
        wireName(user.role()),
        user.operations(),
        user.passwordHash() != null,
        tokens.getOrDefault(Names.key(user.name()), 0));
  }

  private static TokenView view(AccessToken token) {
    TokenTerms terms = token.terms();
    return new TokenView(
        terms.id(),
        terms.user(),
        wireName(terms.role()),
        terms.operations(),
        terms.label(),
        terms.createdAtMs(),
        terms.expiresAtMs() == Deadline.NEVER ? null : terms.expiresAtMs());
  }

  private static DeedView view(Deed deed) {
    return new DeedView(deed.atMs(), deed.who(), deed.from(), deed.what(), deed.about());
  }

  /** A role as the wire calls it. */
  static String wireName(AccountRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable AccountRole core(mutirao.protocol.@Nullable AccountRole role) {
    return role == null
        ? null
        : switch (role) {
          case VIEWER -> AccountRole.VIEWER;
          case MEMBER -> AccountRole.MEMBER;
          case WORKER -> AccountRole.WORKER;
          case ADMIN -> AccountRole.ADMIN;
        };
  }
}
