package mutirao.chaos.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import mutirao.chaos.load.Load;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.view.AccountList;

/** Whom the servers of a campaign know: an admin, and everybody else by password or token. */
final class Users implements Load.Passports, AutoCloseable {
  static final String ADMIN = "ana";

  private static final String PASSWORD = "obras-2026";

  private final MutiraoClient admin;
  private final Map<String, Login> logins = new TreeMap<>();

  /**
   * What somebody may show.
   *
   * @param tokenId what the token is called by
   */
  record Login(String user, String password, String token, String tokenId) {
    ClientOptions.Builder byPassword(ClientOptions.Builder options) {
      return options.login(user, password);
    }

    ClientOptions.Builder byToken(ClientOptions.Builder options) {
      return options.token(token);
    }
  }

  private Users(String servers) {
    admin = MutiraoClient.connect(asAdmin(ClientOptions.to(servers).presence(false)).build());
  }

  /** A user for every client of a load. */
  static Users of(String servers, Load.Shape shape) {
    Users users = new Users(servers);
    users.add("w", shape.workers(), AccountRole.WORKER);
    users.add("s", shape.submitters(), AccountRole.MEMBER);
    users.add("c", shape.chatters(), AccountRole.MEMBER);
    return users;
  }

  private void add(String prefix, int count, AccountRole role) {
    for (int i = 1; i <= count; i++) {
      logins.put(prefix + i, add(prefix + i, role));
    }
  }

  /** The options of whoever runs the servers. */
  static ClientOptions.Builder asAdmin(ClientOptions.Builder options) {
    return options.login(ADMIN, PASSWORD);
  }

  /** The command of a server, with the first admin's password where it looks for it. */
  static List<String> withPassword(List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "MUTIRAO_ADMIN_PASSWORD=" + PASSWORD));
    all.addAll(command);
    return all;
  }

  /** Talkers show a password, which costs the server some time, everybody else a token. */
  @Override
  public ClientOptions.Builder show(String name, ClientOptions.Builder options) {
    Login login = Objects.requireNonNull(logins.get(name), name);
    return name.startsWith("c") ? login.byPassword(options) : login.byToken(options);
  }

  /** Somebody new. */
  Login add(String user, AccountRole role) {
    String password = "senha-de-" + user;
    insist(AccountRequest.addUser(user, role, List.of(), password), "user");
    AccountList made = insist(AccountRequest.addToken(user, null, List.of(), null, null), "never");
    return new Login(
        user, password, Objects.requireNonNull(made.secret()), made.tokens().getFirst().token());
  }

  /** Nobody may log in as this user from here on. */
  void remove(String user) {
    insist(AccountRequest.removeUser(user), "user");
  }

  /** The token opens nothing from here on. */
  void revoke(Login login) {
    insist(AccountRequest.revokeToken(login.tokenId()), "token");
  }

  /**
   * Asks until it was done. Servers are killed meanwhile: what nobody knows to have been done is
   * asked again, and may have been done all the same.
   */
  private AccountList insist(AccountRequest request, String doneAlready) {
    Predicate<MutiraoException> done =
        e -> e.is(ErrorCode.INVALID) && e.field().orElse("").equals(doneAlready);
    boolean doubt = false;
    while (true) {
      try {
        return admin.account(request).await();
      } catch (MutiraoException e) {
        if (doubt && done.test(e)) {
          return AccountList.DONE;
        }
        if (e.definite() && !e.is(ErrorCode.UNAVAILABLE) && !e.is(ErrorCode.OVERLOADED)) {
          throw e;
        }
        doubt = true;
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
