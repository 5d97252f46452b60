package mutirao.core.oracle;

import static mutirao.core.Invariants.require;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.account.Account;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Login;
import mutirao.core.account.TokenTerms;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import org.jspecify.annotations.Nullable;

/** Who may be there, from the events about users and tokens alone. */
final class Guests {
  private final Map<String, Account> users = new HashMap<>();
  private final Map<String, TokenTerms> tokens = new HashMap<>();

  void saw(Entry entry, Event event, long nowMs, Attendance attendance) {
    switch (event) {
      case Event.UserPut put -> {
        ordered(entry, nowMs, attendance);
        users.put(Names.key(put.account().name()), put.account());
      }
      case Event.UserRemoved removed -> {
        ordered(entry, nowMs, attendance);
        require(users.remove(removed.user()) != null, "nobody was removed");
      }
      case Event.TokenPut put -> {
        ordered(entry, nowMs, attendance);
        Account user = users.get(put.terms().user());
        require(user != null && within(put.terms(), user), "a token opens more than its user");
        tokens.put(put.terms().hash(), put.terms());
      }
      case Event.TokenRemoved removed -> {
        TokenTerms gone = tokens.get(removed.hash());
        require(gone != null, "no token was removed");
        if (gone != null && gone.expiresAtMs() > nowMs) {
          // Before it is gone: it may be what its author came by.
          ordered(entry, nowMs, attendance);
        }
        tokens.remove(removed.hash());
      }
      default -> {}
    }
  }

  private static boolean within(TokenTerms terms, Account user) {
    boolean role =
        terms.role() == user.role()
            || user.role() == AccountRole.ADMIN
            || terms.role() == AccountRole.VIEWER;
    boolean operations =
        user.operations().isEmpty()
            || (!terms.operations().isEmpty() && user.operations().containsAll(terms.operations()));
    return role && operations;
  }

  /** Only an admin, or somebody about the own password, or anybody while there is nobody. */
  private void ordered(Entry entry, long nowMs, Attendance attendance) {
    if (!(entry.command() instanceof Command.OfAccount change)) {
      throw new AssertionError("accounts changed by themselves");
    }
    if (change.by().session() == 0) {
      require(users.isEmpty(), "the server made a second first admin");
      return;
    }
    Attendance.Somebody author = attendance.byId(change.by().session());
    Login login = author == null ? null : author.opened.login();
    require(author != null && admits(login, nowMs), "somebody who is not there changed accounts");
    boolean own =
        login != null
            && login.token() == null
            && change instanceof Command.SetPassword set
            && Names.key(set.user()).equals(login.user());
    boolean anybody = login == null || login.equals(Login.OPEN);
    require(
        own || anybody || role(login) == AccountRole.ADMIN, "somebody else than an admin did it");
  }

  private @Nullable AccountRole role(@Nullable Login login) {
    if (login == null || login.equals(Login.OPEN)) {
      return null;
    }
    TokenTerms terms = login.token() == null ? null : tokens.get(login.token());
    Account user = users.get(login.user());
    return terms != null ? terms.role() : user == null ? null : user.role();
  }

  boolean admits(@Nullable Login login, long nowMs) {
    if (login == null || login.equals(Login.OPEN)) {
      return login != null || users.isEmpty();
    }
    Account user = users.get(login.user());
    if (login.token() == null) {
      return user != null && user.stamp() == login.stamp();
    }
    TokenTerms terms = tokens.get(login.token());
    return user != null
        && terms != null
        && terms.user().equals(login.user())
        && terms.expiresAtMs() > nowMs;
  }

  /** Whether somebody may end what was submitted under a name. */
  boolean owns(Attendance.Somebody asker, String submitterKey) {
    Login login = asker.opened.login();
    boolean named = login != null && !login.equals(Login.OPEN);
    return Names.key(asker.opened.name()).equals(submitterKey)
        || (named && role(login) == AccountRole.ADMIN)
        || (named && belongs(submitterKey, login));
  }

  private static boolean belongs(String nameKey, Login login) {
    return nameKey.split("[.-]", -1)[0].equals(login.user());
  }

  /** Looks at somebody who was just let in. */
  void opened(Event.SessionOpened opened, long nowMs) {
    Login login = opened.login();
    require(admits(login, nowMs), "somebody was let in who may not be there");
    if (login != null && !login.equals(Login.OPEN)) {
      require(belongs(Names.key(opened.name()), login), "somebody has another user's name");
      TokenTerms terms = login.token() == null ? null : tokens.get(login.token());
      Account user = users.get(login.user());
      List<String> may =
          terms != null ? terms.operations() : user == null ? List.of() : user.operations();
      require(may.isEmpty() || may.containsAll(opened.operations()), "somebody runs too much");
    }
  }

  /** Whether a registration was rightly refused for who it was. */
  boolean refuses(Command.OpenSession open, Refusal refusal, long nowMs) {
    Login login = open.login();
    return switch (refusal.code()) {
      case UNAUTHORIZED -> !admits(login, nowMs);
      case FOREIGN_NAME ->
          open.name() != null && login != null && !belongs(Names.key(open.name()), login);
      case FOREIGN_OPERATION -> login != null && !open.operations().isEmpty();
      default -> false;
    };
  }

  void answered(Entry entry, Reply reply, long nowMs, State state) {
    for (Session session : state.sessions().all()) {
      require(admits(session.login(), nowMs), session.name() + " may not be there any more");
    }
    boolean keys =
        users.values().stream()
            .anyMatch(user -> user.role() == AccountRole.ADMIN && user.passwordHash() != null);
    require(users.isEmpty() || keys, "nobody can change accounts any more");
    if (reply instanceof Reply.Done
        && entry.command() instanceof Command.OfAccount
        && !(entry.command() instanceof Command.NoteDeed)) {
      String done = entry.command().getClass().getSimpleName();
      String record = state.accounts().deeds().stream().toList().getLast().what();
      require(
          done.toLowerCase(Locale.ROOT).equals(record.replace("_", "")),
          done + " is not on record");
    }
    require(state.accounts().users().size() == users.size(), "users are miscounted");
    require(state.accounts().tokens().size() == tokens.size(), "tokens are miscounted");
  }
}
