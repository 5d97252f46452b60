package mutirao.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mutirao.core.account.AccessToken;
import mutirao.core.account.Account;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.account.Login;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import org.jspecify.annotations.Nullable;

/** Users come and go, and people log in with what was, is, or never was good. */
final class RandomAccounts {
  private static final String[] USERS = {"ana", "Bruno", "çelik", "Worker", "zé"};
  private static final AccountRole[] ROLES = AccountRole.values();

  private final SplittableRandom random;
  private int made;

  RandomAccounts(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean turn() {
    return random.nextInt(9) == 0;
  }

  Command command(State state) {
    Author by = new Author(author(state), "somewhere");
    String user = USERS[random.nextInt(USERS.length)];
    return switch (random.nextInt(11)) {
      case 0, 1, 2, 3 ->
          new Command.AddUser(
              by,
              user,
              random.nextInt(3) == 0 ? AccountRole.ADMIN : role(),
              operations(),
              random.nextInt(6) == 0 ? null : "hash");
      case 4 -> new Command.RemoveUser(by, user);
      case 5 -> new Command.SetPassword(by, user, "hash " + made++);
      case 6, 7, 8 ->
          new Command.AddToken(
              by,
              user,
              "token %07d %d".formatted(made / 2, made++),
              random.nextBoolean() ? null : role(),
              operations(),
              "label",
              random.nextBoolean() ? 0 : 1 + random.nextInt(20_000));
      case 9 -> new Command.RevokeToken(by, tokenId(state));
      default -> new Command.NoteDeed(by, "backup", user);
    };
  }

  @Nullable Login login(State state) {
    List<Account> users = List.copyOf(state.accounts().users());
    List<AccessToken> tokens = List.copyOf(state.accounts().tokens());
    int what = random.nextInt(20);
    if (what == 0) {
      return Login.OPEN;
    }
    if (what == 1 || users.isEmpty()) {
      return null;
    }
    if (what < 8 && !tokens.isEmpty()) {
      AccessToken token = tokens.get(random.nextInt(tokens.size()));
      return new Login(token.terms().user(), token.terms().hash(), 0);
    }
    Account user = users.get(random.nextInt(users.size()));
    return new Login(Names.key(user.name()), null, what == 8 ? random.nextInt(100) : user.stamp());
  }

  private long author(State state) {
    List<Session> able = new ArrayList<>();
    for (Session session : state.sessions().all()) {
      if (session.login() != null || state.accounts().isEmpty() || random.nextInt(8) == 0) {
        able.add(session);
      }
    }
    return able.isEmpty() || random.nextInt(20) == 0
        ? random.nextInt(2)
        : able.get(random.nextInt(able.size())).id();
  }

  private String tokenId(State state) {
    List<AccessToken> tokens = List.copyOf(state.accounts().tokens());
    return tokens.isEmpty() || random.nextInt(4) == 0
        ? "guessed"
        : tokens.get(random.nextInt(tokens.size())).terms().id();
  }

  private AccountRole role() {
    return ROLES[random.nextInt(ROLES.length)];
  }

  private List<String> operations() {
    return random.nextInt(3) > 0 ? List.of() : List.of("sum");
  }
}
