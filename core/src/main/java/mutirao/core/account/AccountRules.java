package mutirao.core.account;

import java.util.List;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Step;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRules;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Who may change users and tokens, and what follows. Once there are users there is always an admin
 * who has a password. Whoever may no longer be there is gone within the same entry.
 */
public final class AccountRules {
  private static final Refusal FORBIDDEN = new Refusal(Refusal.Code.FORBIDDEN, null, null, 0);
  private static final String USER = "user";
  private static final String ROLE = "account_role";

  private AccountRules() {}

  /** Decides a change. */
  public static Reply decide(Step step, Command.OfAccount command) {
    Author by = command.by();
    Session session = step.state().sessions().byId(by.session());
    if (session == null && by.session() != 0) {
      return SessionRules.GONE;
    }
    Accounts accounts = step.state().accounts();
    Grant grant = grant(step, session);
    Refusal refusal =
        may(accounts, session, grant, command)
            ? switch (command) {
              case Command.AddUser add -> add(step, add);
              case Command.RemoveUser remove -> remove(step, remove);
              case Command.SetPassword set -> setPassword(step, set);
              case Command.AddToken add -> addToken(step, add);
              case Command.RevokeToken revoke -> revoke(step, revoke);
              case Command.NoteDeed _ -> null;
            }
            : FORBIDDEN;
    if (refusal != null) {
      return refusal;
    }
    String who = grant == null ? "" : grant.user();
    step.emit(
        new Event.DeedRecorded(
            new Deed(step.nowMs(), who, by.from(), action(command), about(command))));
    SessionRules.endNotAdmitted(step);
    return Reply.DONE;
  }

  /** A token's time is over. */
  public static void due(Step step, AccessToken token) {
    step.emit(new Event.TokenRemoved(token.terms().hash()));
    SessionRules.endNotAdmitted(step);
  }

  /**
   * Why somebody may not come under this name, in this role, for these operations; null: may. A
   * session is called as its user is, or that with a full stop or hyphen and more.
   */
  public static @Nullable Refusal refusal(Step step, Command.OpenSession open) {
    Login login = open.login();
    Accounts accounts = step.state().accounts();
    if (!accounts.admits(login, step.nowMs())) {
      return new Refusal(Refusal.Code.UNAUTHORIZED, null, null, 0);
    }
    Grant grant = accounts.grant(login, step.nowMs());
    if (login == null || grant == null) {
      return null;
    }
    if (open.name() != null && !Names.user(Names.key(open.name())).equals(login.user())) {
      return new Refusal(Refusal.Code.FOREIGN_NAME, open.name(), "name", 0);
    }
    return grant.mayRun(open.operations())
        ? null
        : new Refusal(Refusal.Code.FOREIGN_OPERATION, grant.user(), "operations", 0);
  }

  private static @Nullable Grant grant(Step step, @Nullable Session session) {
    Login login = session == null ? null : session.login();
    return step.state().accounts().grant(login, step.nowMs());
  }

  private static boolean may(
      Accounts accounts,
      @Nullable Session session,
      @Nullable Grant grant,
      Command.OfAccount command) {
    if (session == null) {
      return command instanceof Command.NoteDeed
          || (accounts.isEmpty() && command instanceof Command.AddUser);
    }
    if (grant == null) {
      return accounts.isEmpty() || (session.login() != null && session.login().isNobodys());
    }
    // A token may leak: it does not lead to the password.
    boolean ownPassword =
        command instanceof Command.SetPassword set
            && session.login() != null
            && session.login().token() == null
            && Names.key(set.user()).equals(session.login().user());
    return grant.role() == AccountRole.ADMIN || ownPassword;
  }

  private static @Nullable Refusal add(Step step, Command.AddUser add) {
    Accounts accounts = step.state().accounts();
    if (accounts.user(Names.key(add.user())) != null) {
      return new Refusal(Refusal.Code.USER_EXISTS, add.user(), USER, 0);
    }
    boolean admin = add.role() == AccountRole.ADMIN && add.passwordHash() != null;
    if (accounts.isEmpty() && !admin) {
      return new Refusal(Refusal.Code.LAST_ADMIN, null, ROLE, 0);
    }
    if (accounts.users().size() >= Limits.MAX_USERS) {
      return new Refusal(Refusal.Code.OVERLOADED, add.user(), USER, Limits.OVERLOADED_RETRY_MS);
    }
    step.emit(
        new Event.UserPut(
            new Account(
                add.user(), add.role(), add.operations(), add.passwordHash(), step.index())));
    return null;
  }

  private static @Nullable Refusal remove(Step step, Command.RemoveUser remove) {
    Accounts accounts = step.state().accounts();
    String key = Names.key(remove.user());
    Account gone = accounts.user(key);
    if (gone == null) {
      return unknown(remove.user());
    }
    boolean another =
        accounts.users().stream().anyMatch(user -> !user.equals(gone) && keepsTheKeys(user));
    if (!another) {
      return new Refusal(Refusal.Code.LAST_ADMIN, remove.user(), USER, 0);
    }
    for (AccessToken token : List.copyOf(accounts.tokens())) {
      if (token.terms().user().equals(key)) {
        step.emit(new Event.TokenRemoved(token.terms().hash()));
      }
    }
    step.emit(new Event.UserRemoved(key));
    return null;
  }

  private static boolean keepsTheKeys(Account user) {
    return user.role() == AccountRole.ADMIN && user.passwordHash() != null;
  }

  private static @Nullable Refusal setPassword(Step step, Command.SetPassword set) {
    Account user = step.state().accounts().user(Names.key(set.user()));
    if (user == null) {
      return unknown(set.user());
    }
    step.emit(
        new Event.UserPut(
            new Account(
                user.name(), user.role(), user.operations(), set.passwordHash(), step.index())));
    return null;
  }

  private static @Nullable Refusal addToken(Step step, Command.AddToken add) {
    Accounts accounts = step.state().accounts();
    String key = Names.key(add.user());
    Account user = accounts.user(key);
    if (user == null) {
      return unknown(add.user());
    }
    AccountRole role = add.role() == null ? user.role() : add.role();
    if (!within(user, role, add.operations())) {
      return new Refusal(Refusal.Code.WIDER_TOKEN, add.user(), ROLE, 0);
    }
    boolean known =
        accounts.tokens().stream().anyMatch(token -> add.hash().startsWith(token.terms().id()));
    if (known) {
      // Tokens are drawn anew each time: this command was in the log before.
      return new Refusal(Refusal.Code.INVALID, null, "token", 0);
    }
    if (accounts.tokens().size() >= Limits.MAX_TOKENS) {
      return new Refusal(Refusal.Code.OVERLOADED, add.user(), USER, Limits.OVERLOADED_RETRY_MS);
    }
    long expiresAtMs =
        add.lifetimeMs() == 0 ? Deadline.NEVER : Deadline.after(step.nowMs(), add.lifetimeMs());
    step.emit(
        new Event.TokenPut(
            new TokenTerms(
                add.hash(),
                key,
                role,
                add.operations().isEmpty() ? user.operations() : add.operations(),
                add.label(),
                step.nowMs(),
                expiresAtMs)));
    return null;
  }

  /** A token opens no more than its user may; an admin's may open anything. */
  private static boolean within(Account user, AccountRole role, List<String> operations) {
    boolean narrower =
        role == user.role()
            || user.role() == AccountRole.ADMIN
            || (role == AccountRole.VIEWER && user.role() == AccountRole.MEMBER);
    return narrower && (user.operations().isEmpty() || user.operations().containsAll(operations));
  }

  private static @Nullable Refusal revoke(Step step, Command.RevokeToken revoke) {
    for (AccessToken token : step.state().accounts().tokens()) {
      if (token.terms().id().equals(revoke.token())) {
        step.emit(new Event.TokenRemoved(token.terms().hash()));
        return null;
      }
    }
    return new Refusal(Refusal.Code.UNKNOWN_TOKEN, revoke.token(), "token", 0);
  }

  private static Refusal unknown(String user) {
    return new Refusal(Refusal.Code.UNKNOWN_USER, user, USER, 0);
  }

  private static String action(Command.OfAccount command) {
    return switch (command) {
      case Command.AddUser _ -> "add_user";
      case Command.RemoveUser _ -> "remove_user";
      case Command.SetPassword _ -> "set_password";
      case Command.AddToken _ -> "add_token";
      case Command.RevokeToken _ -> "revoke_token";
      case Command.NoteDeed note -> note.what();
    };
  }

  private static String about(Command.OfAccount command) {
    return switch (command) {
      case Command.AddUser add -> add.user();
      case Command.RemoveUser remove -> remove.user();
      case Command.SetPassword set -> set.user();
      case Command.AddToken add -> add.user();
      case Command.RevokeToken revoke -> revoke.token();
      case Command.NoteDeed note -> note.about();
    };
  }
}
